-- renew: extends the leases that have the caller's token. (P1)
-- In    ARGV[3] LEASE ms; items from ARGV[4]: user, token
-- Out   { now, users whose lease is now another worker's, users whose running request was cancelled } | 'CLOSED'
-- Does  restores a lease that was lost while the caller still owns the user. A worker that missed the message of a cancel learns
--       of it here. May be repeated.
if closed() then return 'CLOSED' end
local deadline, lost, cancelled = lease_end(ARGV[3]), {}, {}
for i = 4, #ARGV, 2 do
  local user, lease_token = ARGV[i], ARGV[i + 1]
  local queue = queue_of(user)
  if is_lease_of(user, lease_token) then
    call('ZADD', LEASES, deadline, user)
    local id = call('LINDEX', queue .. 'active', 0)
    if id and call('HGET', queue .. id, 'cancelled') then cancelled[#cancelled + 1] = user end
  else lost[#lost + 1] = user end
end
return { NOW, lost, cancelled }
