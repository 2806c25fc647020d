-- halted: which queues stand still because of a failed request. Reads only.
-- In    ARGV[3] lane, [4] where to begin, [5] how many blocked users to look at
-- Out   { where to go on, or -1 at the end; the lanes of the shard; then user and halting token of each } | 'CLOSED'
if closed() then return 'CLOSED' end
local from, n = tonumber(ARGV[4]), tonumber(ARGV[5])
local users = call('ZRANGEBYSCORE', ready_of(ARGV[3]), '+inf', '+inf', 'LIMIT', from, n)
local out = { #users < n and -1 or from + n, call('HGET', SHARD, 'lanes') or '' }
for _, user in ipairs(users) do
  local halting = call('HGET', queue_of(user) .. 'control', 'halted')
  if halting then out[#out + 1] = user; out[#out + 1] = halting end
end
return out
