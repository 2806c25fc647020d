-- Included by restore and recreate_jobs.
-- Writes the job of a pending request of MongoDB, from an item of ARGV:
-- user, id, seq, name, data, opts, attemptsMade, notBefore, timestamp, at, doubtful, lane, since
--       at: the time it is scheduled for (ms) if it has not started yet, else 0. doubtful: 1 to look it up before it runs
--       since: when the wait until notBefore began (ms), 0 if unknown
local RECORD_SIZE = 13
local function write_job(queue, i)
  local job, attempts, at, lane = queue .. ARGV[i + 1], ARGV[i + 6], tonumber(ARGV[i + 9]), ARGV[i + 11]
  call('HSET', job, 'name', ARGV[i + 3], 'data', ARGV[i + 4], 'opts', ARGV[i + 5], 'timestamp', ARGV[i + 8],
    'delay', at > 0 and text(max(0, at - ARGV[i + 8])) or '0', 'seq', ARGV[i + 2])
  add_bytes(queue, #ARGV[i + 4])
  if attempts ~= '0' then
    call('HSET', job, 'attemptsMade', attempts, 'notBefore', ARGV[i + 7], 'since', ARGV[i + 12])
  end
  if lane ~= 'main' then call('HSET', job, 'lane', lane); add_lane(lane) end
end
