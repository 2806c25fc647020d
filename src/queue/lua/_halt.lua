-- Included by settle and restore_control: stops a user's queue until the request that failed is decided about. A halt
-- that was lifted already, by somebody who was faster than this call, is not put up again. Says whether it stands now.
local function halt(queue, halting)
  local control = queue .. 'control'
  local released = tonumber(call('HGET', control, 'released') or 0)
  local halted = tonumber(call('HGET', control, 'halted') or 0)
  if tonumber(halting) > max(released, halted) then
    call('HSET', control, 'halted', halting)
    rest(queue)
    return true
  end
end
