-- restore: puts pending requests back, in the order of (user, seq), while the shard is being rebuilt. (P3)
-- In    items from ARGV[3] (see _recreate_job.lua)
-- Out   'OK' | 'CLOSED' (this is not the server, or not the recovery, that began)
-- Does  an id that is known is skipped, so that the call may be repeated. The first of a user, and one that has
--       been started, may have run in the meantime: it is looked up before it runs.
if call('HGET', SHARD, 'recovering') ~= EPOCH .. ' ' .. history() then return 'CLOSED' end
local last
for i = 3, #ARGV, RECORD_SIZE do
  local user, id, seq, attempts, at = ARGV[i], ARGV[i + 1], ARGV[i + 2], ARGV[i + 6], tonumber(ARGV[i + 9])
  local queue = queue_of(user)
  if call('EXISTS', queue .. id) == 0 then
    local stood = standing_of(queue)
    write_job(queue, i)
    if user ~= last or attempts ~= '0' or ARGV[i + 10] == '1' then call('HSET', queue .. id, 'check', '1') end
    if attempts ~= '0' then call('RPUSH', queue .. 'wait', id)
    elseif at > 0 then place_later(queue, id, seq, at)
    else place(queue, id, tonumber(seq)) end
    schedule(user, queue, stood)
  end
  last = user
end
return 'OK'
