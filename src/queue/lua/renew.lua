-- renew: extends the leases that bear the caller's token. (P1)
-- In    ARGV[3] LEASE ms; items from ARGV[4]: user, token
-- Out   { now, the users whose lease is somebody else's by now, those whose running request was cancelled } | 'CLOSED'
-- Does  also puts back a lease that was lost while the user is still the caller's. May be repeated. A worker that did not hear of a cancel when it was decided hears of it here.
if closed() then return 'CLOSED' end
local deadline, lost, cancelled = lease_end(ARGV[3]), {}, {}
for i = 4, #ARGV, 2 do
  local user = ARGV[i]
  local queue, owner = queue_of(user), call('HGET', OWNERS, user)
  if owner and string.match(owner, '^%d+') == ARGV[i + 1] then
    call('ZADD', LEASES, deadline, user)
    local id = call('LINDEX', queue .. 'active', 0)
    if id and call('HGET', queue .. id, 'cancelled') then cancelled[#cancelled + 1] = user end
  else lost[#lost + 1] = user end
end
return { NOW, lost, cancelled }
