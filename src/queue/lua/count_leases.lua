-- count_leases: who serves users of a shard now. Reads only.
-- Out   worker, leases it has, of each | 'CLOSED'
if closed() then return 'CLOSED' end
local counts, out = {}, {}
for _, owner in ipairs(call('HVALS', OWNERS)) do
  local worker = string.match(owner, ' (.+)$')
  counts[worker] = (counts[worker] or 0) + 1
end
for worker, count in pairs(counts) do out[#out + 1] = worker; out[#out + 1] = text(count) end
return out
