-- probe: is the shard open for this epoch? And how busy is it? Reads only.
-- Out   { now, users waiting for a worker or a time, users leased, the earliest ms that is due or '', and of those waiting: due,
--       paused or halted } | 'CLOSED'
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
