-- restore: puts pending requests back, in the order of (user, seq), while the shard is being rebuilt. (P3)
-- In    items from ARGV[3] (see _recreate_job.lua)
-- Out   'OK' | 'CLOSED' (not the server, or not the recovery, of begin_rebuild)
-- Does  skips a known id, so that the call may be repeated. A user's first request, and one that has been started, may have run
--       meanwhile: they are looked up before they run.
if not is_being_rebuilt() then return 'CLOSED' end
local last
for i = 3, #ARGV, RECORD_SIZE do
  local user, id, seq, _, _, _, attempts_made, _, _, at, doubtful = unpack(ARGV, i, i + 10)
  local queue = queue_of(user)
  at = tonumber(at)
  if call('EXISTS', queue .. id) == 0 then
    local lanes_before = ready_lanes_of(queue)
    write_job(queue, i)
    if user ~= last or attempts_made ~= '0' or doubtful == '1' then call('HSET', queue .. id, 'check', '1') end
    if attempts_made ~= '0' then call('RPUSH', queue .. 'wait', id)
    elseif at > 0 then place_later(queue, id, seq, at)
    else place(queue, id, tonumber(seq)) end
    update_ready(user, queue, lanes_before)
  end
  last = user
end
return 'OK'
