-- list_stopped: which queues stand still because of a failed request, and which for no reason at all. Reads only.
-- In    ARGV[3] lane, [4] where to begin, [5] how many stopped users to look at
-- Out   { where to go on, or -1 at the end; the lanes of the shard; then user and halting token of each, or '' if nothing
--       stops them: their queue is broken } | 'CLOSED'
if closed() then return 'CLOSED' end
local from, n = tonumber(ARGV[4]), tonumber(ARGV[5])
local users = call('ZRANGEBYSCORE', ready_of(ARGV[3]), '+inf', '+inf', 'LIMIT', from, n)
local out = { #users < n and -1 or from + n, table.concat(call('SMEMBERS', LANES), ' ') }
for _, user in ipairs(users) do
  local control = control_of(queue_of(user))
  if control[HALTED] or not control[PAUSED] then out[#out + 1] = user; out[#out + 1] = control[HALTED] or '' end
end
return out
