-- renew: extends the leases that bear the caller's token. (P1)
-- In    ARGV[3] LEASE ms; items from ARGV[4]: user, token
-- Out   { now, the users whose lease is somebody else's by now } | 'CLOSED'
-- Does  may be repeated.
if closed() then return 'CLOSED' end
local deadline, lost = text(now + ARGV[3]), {}
for i = 4, #ARGV, 2 do
  local owner = call('HGET', OWNERS, ARGV[i])
  if owner and string.match(owner, '^%d+') == ARGV[i + 1] then call('ZADD', LEASES, 'XX', deadline, ARGV[i])
  else lost[#lost + 1] = ARGV[i] end
end
return { text(now), lost }
