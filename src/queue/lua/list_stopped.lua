-- list_stopped: users whose queue is halted, and users whose queue is stopped for no reason. Reads only.
-- In    ARGV[3] lane, [4] where to start, [5] how many stopped users to read
-- Out   { where to continue, or -1 at the end; the lanes of the shard; then user and token of the halt, or '' if nothing stops
--       them, which is a fault } | 'CLOSED'
if closed() then return 'CLOSED' end
local from, n = tonumber(ARGV[4]), tonumber(ARGV[5])
local users = call('ZRANGEBYSCORE', ready_of(ARGV[3]), '+inf', '+inf', 'LIMIT', from, n)
local out = { #users < n and -1 or from + n, table.concat(call('SMEMBERS', LANES), ' ') }
for _, user in ipairs(users) do
  local control = control_of(queue_of(user))
  if control[HALTED] or not control[PAUSED] then out[#out + 1] = user; out[#out + 1] = control[HALTED] or '' end
end
return out
