-- stuck: users of a shard who wait, and why. Reads only.
-- In    ARGV[3] how long ago, ms, one must have been due or have begun to be named, [4] users at most for each reason
-- Out   of each: user, reason, lane, since (ms, or '' for unknown), id of the request at the head | 'CLOSED'
--       waits_for_worker: due, and no worker of its lane has come. stopped: paused or halted. runs_long: it is running.
if closed() then return 'CLOSED' end
local before, most, out = text(now - ARGV[3]), tonumber(ARGV[4]), {}
local function name(user, reason, lane, since, id)
  local n = #out
  out[n + 1], out[n + 2], out[n + 3], out[n + 4], out[n + 5] = user, reason, lane, since, id or ''
end
for _, lane in ipairs(all_lanes()) do
  local due = call('ZRANGEBYSCORE', ready_of(lane), '-inf', before, 'WITHSCORES', 'LIMIT', 0, most)
  for k = 1, #due, 2 do name(due[k], 'waits_for_worker', lane, due[k + 1], (head(queue_of(due[k])))) end
  for _, user in ipairs(call('ZRANGEBYSCORE', ready_of(lane), '+inf', '+inf', 'LIMIT', 0, most)) do
    name(user, 'stopped', lane, '', (head(queue_of(user))))
  end
end
local long = 0
for _, user in ipairs(call('ZRANGE', LEASES, 0, 999)) do
  if long == most then break end
  local queue = queue_of(user)
  local id = call('LINDEX', queue .. 'active', 0)
  local job = id and call('HMGET', queue .. id, 'processedOn', 'lane')
  if job and job[1] and tonumber(job[1]) <= tonumber(before) then
    name(user, 'runs_long', job[2] or 'main', job[1], id)
    long = long + 1
  end
end
return out
