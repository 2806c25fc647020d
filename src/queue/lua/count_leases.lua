-- count_leases: how many users of a shard each worker serves now. Reads only.
-- Out   worker, its leases, of each | 'CLOSED'
if closed() then return 'CLOSED' end
local counts, out = {}, {}
for _, owner in ipairs(call('HVALS', OWNERS)) do
  local worker = string.match(owner, ' (.+)$')
  counts[worker] = (counts[worker] or 0) + 1
end
for worker, count in pairs(counts) do out[#out + 1] = worker; out[#out + 1] = text(count) end
return out
