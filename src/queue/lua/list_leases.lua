-- list_leases: the leases that a worker holds. Asked after a reply was lost, to hand back what the worker never heard of.
-- In    ARGV[3] worker
-- Out   user, token, id of each | 'CLOSED'
if closed() then return 'CLOSED' end
local out, owners = {}, call('HGETALL', OWNERS)
for i = 1, #owners, 2 do
  local mine, worker = string.match(owners[i + 1], '^(%d+) (.+)$')
  if worker == ARGV[3] then
    local n = #out
    out[n + 1], out[n + 2], out[n + 3] = owners[i], mine, call('LINDEX', queue_of(owners[i]) .. 'active', 0) or ''
  end
end
return out
