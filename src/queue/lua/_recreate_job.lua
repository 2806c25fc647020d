-- Included by restore and recreate_jobs.
-- Writes the job of a pending request of MongoDB, from an item of ARGV:
-- user, id, seq, name, data, opts, attemptsMade, notBefore, timestamp, at, doubtful, lane, since
--       at: the time it is scheduled for (ms) if it has not started yet, else 0. doubtful: 1 to look it up before it runs
--       since: when the wait until notBefore began (ms), 0 if unknown
local RECORD_SIZE = 13
local function write_job(queue, i)
  local _, id, seq, name, data, opts, attempts_made, not_before, timestamp, at, _, lane, since =
    unpack(ARGV, i, i + RECORD_SIZE - 1)
  local job = queue .. id
  at = tonumber(at)
  call('HSET', job, 'name', name, 'data', data, 'opts', opts, 'timestamp', timestamp,
    'delay', at > 0 and text(max(0, at - timestamp)) or '0', 'seq', seq)
  add_bytes(queue, #data)
  if attempts_made ~= '0' then
    call('HSET', job, 'attemptsMade', attempts_made, 'notBefore', not_before, 'since', since)
  end
  if lane ~= 'main' then call('HSET', job, 'lane', lane); add_lane(lane) end
end
