-- Included by hold and restore: puts a job into the user's wait list by its seq, behind one that has started.
-- The tail is where nearly all go; of the others, most near the head, which Redis would find last. (P5)
local NEAR_HEAD = 250
local function place(queue, id, seq)
  local wait = queue .. 'wait'
  local newest = call('LINDEX', wait, 0)
  local ahead = newest and tonumber(order_of(queue, newest)[SEQ]) > seq and ahead_of(queue, seq)
  local newer = ahead and call('LINDEX', wait, -1 - ahead)
  if not newer then call('LPUSH', wait, id)
  elseif ahead <= NEAR_HEAD then
    local older = ahead > 0 and call('LRANGE', wait, -ahead, -1) or {}
    if ahead > 0 then call('LTRIM', wait, 0, -1 - ahead) end
    call('RPUSH', wait, id, unpack(older))
  else call('LINSERT', wait, 'AFTER', newer, id) end
end
