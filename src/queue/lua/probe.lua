-- probe: whether the shard is open for this epoch, and how busy it is. Reads only.
-- Out   { now, users who wait for a worker or a time, users leased, since when the first due user waits (ms, or ''), and of those
--       who wait: due, paused or halted } | 'CLOSED'
if closed() then return 'CLOSED' end
local waiting, due, ready_now, stopped = 0, nil, 0, 0
for _, lane in ipairs(all_lanes()) do
  local ready = ready_of(lane)
  waiting = waiting + call('ZCARD', ready)
  ready_now = ready_now + call('ZCOUNT', ready, '-inf', NOW)
  stopped = stopped + call('ZCOUNT', ready, '+inf', '+inf')
  local first = tonumber(call('ZRANGE', ready, 0, 0, 'WITHSCORES')[2])
  if first and first <= now then due = min(due or first, first) end
end
return { text(now), waiting, call('ZCARD', LEASES), due and text(due) or '', ready_now, stopped }
