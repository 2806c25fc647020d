-- list_leases: the leases of one worker. Used after a lost reply, to hand back leases that the worker never received.
-- In    ARGV[3] worker
-- Out   user, token, id of each | 'CLOSED'
if closed() then return 'CLOSED' end
local out, owners = {}, call('HGETALL', OWNERS)
for i = 1, #owners, 2 do
  local lease_token, worker = string.match(owners[i + 1], '^(%d+) (.+)$')
  if worker == ARGV[3] then
    local n = #out
    out[n + 1], out[n + 2], out[n + 3] = owners[i], lease_token, call('LINDEX', queue_of(owners[i]) .. 'active', 0) or ''
  end
end
return out
