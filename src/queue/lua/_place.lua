-- Included by hold and restore: puts a job into the user's wait list by its seq, behind one that has started.
-- The tail is where nearly all go.
local function place(queue, id, seq)
  local wait = queue .. 'wait'
  local newest = call('LINDEX', wait, 0)
  local newer = newest and tonumber(order_of(queue, newest)[SEQ]) > seq and call('LINDEX', wait, -1 - ahead_of(queue, seq))
  if newer then call('LINSERT', wait, 'AFTER', newer, id) else call('LPUSH', wait, id) end
end
