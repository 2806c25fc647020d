-- halted: which queues stand still because of a failed request. Reads only.
-- In    ARGV[3] where to begin, [4] how many blocked users to look at
-- Out   { where to go on, or -1 at the end; then user and halting token of each } | 'CLOSED'
if closed() then return 'CLOSED' end
local from, n = tonumber(ARGV[3]), tonumber(ARGV[4])
local users = call('ZRANGEBYSCORE', READY, '+inf', '+inf', 'LIMIT', from, n)
local out = { #users < n and -1 or from + n }
for _, user in ipairs(users) do
  local halting = call('HGET', queue_of(user) .. 'control', 'halted')
  if halting then out[#out + 1] = user; out[#out + 1] = halting end
end
return out
