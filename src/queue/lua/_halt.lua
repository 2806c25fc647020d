-- Included by settle, mend and restore_control.
-- Halts a user's queue until the failed request is retried or dismissed. A halt that was lifted before this call is not set
-- again. `halting`: the token of the attempt that failed. Returns true if the queue is halted now because of this call.
local function halt(queue, halting)
  local control = queue .. 'control'
  local released = tonumber(call('HGET', control, 'released') or 0)
  local halted = tonumber(call('HGET', control, 'halted') or 0)
  if tonumber(halting) > max(released, halted) then
    call('HSET', control, 'halted', halting)
    expire_if_default(queue)
    return true
  end
end
