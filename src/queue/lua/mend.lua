-- mend: rebuilds one user's queue in one step, from what is pending in MongoDB and what is left in Redis. (P2, P3, P5)
-- In    ARGV[3] user, [4] settings and halt (6, as in restore_control; version 0: there are none in MongoDB); ids of all requests
--       that are pending in MongoDB, from [10]
-- Out   'OK' | 'CLOSED'
-- Does  removes ids without a job. All that wait are looked up before they run, so that one that has ended meanwhile does not
--       run. Newer settings stay, and a lifted halt stays lifted.
--       A request that may be running continues: any trace of a lease means to wait until the longest lease has ended. (P1)
--       May be repeated.
if closed() then return 'CLOSED' end
local user, version, halting = ARGV[3], ARGV[4], ARGV[9]
local queue = queue_of(user)

-- All requests that have a job, each once; without their payloads, because there may be many. A request that was given to a
-- worker, and neither handed back nor settled, is running.
local jobs, seen, running, bytes_pending = {}, {}, nil, 0
local function collect(ids, is_line)
  for _, id in ipairs(ids) do
    if not seen[id] then
      seen[id] = true
      local job = order_fields_of(queue, id)
      local look_up, lane, timestamp, delay = unpack(call('HMGET', queue .. id, 'check', 'lane', 'timestamp', 'delay'))
      if job[SEQ] then
        local bytes = call('HSTRLEN', queue .. id, 'data')
        if bytes > SMALL then bytes_pending = bytes_pending + bytes end
        local has_started, is_later = started(job) and true or false, (delay or '0') ~= '0'
        local has_time = is_later and not has_started and not (is_line and not call('ZSCORE', queue .. 'delayed', id))
        jobs[#jobs + 1] = { id = id, seq = tonumber(job[SEQ]), has_started = has_started, due = has_time and timestamp + delay }
        add_lane(lane or 'main')
        if job[PROCESSED_ON] and not look_up then running = running or id end
      end
    end
  end
end
local active = call('LRANGE', queue .. 'active', 0, -1)
collect(active)
if jobs[1] then running = jobs[1].id end
collect(call('LRANGE', queue .. 'wait', 0, -1), true) -- a scheduled one that is only there was due
collect(call('ZRANGE', queue .. 'delayed', 0, -1))
local on_record = {}
for i = 10, #ARGV do
  local id = ARGV[i]
  on_record[i - 9] = id
  -- Its document is there: only its confirm was lost.
  if has_expired(unpack(call('HMGET', queue .. id, 'held', 'timestamp'))) then call('HDEL', queue .. id, 'held') end
end
collect(on_record)
table.sort(jobs, function(a, b)
  if a.has_started ~= b.has_started then return a.has_started end
  return a.seq < b.seq
end)

-- A worker has the turn, and nothing shows for which request: it can only be the first.
local lease, owner = call('ZSCORE', LEASES, user), call('HGET', OWNERS, user)
if not running and jobs[1] and (lease or owner or #active > 0) then running = jobs[1].id end

call('DEL', queue .. 'wait', queue .. 'active', queue .. 'bytes')
add_bytes(queue, bytes_pending)
for _, id in ipairs(call('ZRANGE', queue .. 'delayed', 0, -1)) do
  if not call('HGET', queue .. id, 'seq') then call('ZREM', queue .. 'delayed', id) end
end
for _, job in ipairs(jobs) do
  if job.id == running or not job.due then
    call('ZREM', queue .. 'delayed', job.id)
    call('LPUSH', queue .. (job.id == running and 'active' or 'wait'), job.id)
  elseif not call('ZSCORE', queue .. 'delayed', job.id) then
    place_later(queue, job.id, text(job.seq), job.due)
  end
  if job.id ~= running then call('HSETNX', queue .. job.id, 'check', '1') end
end
if running then
  if not lease then call('ZADD', LEASES, lease_end(longest), user) end
  if not owner then call('HSET', OWNERS, user, '0 nobody') end
end

if version ~= '0' then
  if tonumber(call('HGET', queue .. 'control', 'version') or 0) <= tonumber(version) then write_settings(queue, 4) end
  if halting ~= '0' then halt(queue, halting) end
end
for _, lane in ipairs(all_lanes()) do call('ZREM', ready_of(lane), user) end
wake(update_ready(user, queue))
return 'OK'
