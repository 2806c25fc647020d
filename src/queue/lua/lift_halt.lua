-- lift_halt: lifts the halt of a queue, after the failed request was retried or dismissed.
-- In    ARGV[3] user, [4] fencing token of the attempt that failed
-- Out   'OK' | 'CLOSED'
-- Does  a halt by a later attempt stays; a halt by this or an earlier attempt that arrives later is not set. May be repeated.
if closed() then return 'CLOSED' end
local user, decided = ARGV[3], tonumber(ARGV[4])
local queue = queue_of(user)
local control = queue .. 'control'
if decided > tonumber(call('HGET', control, 'released') or 0) then call('HSET', control, 'released', ARGV[4]) end
local halted = call('HGET', control, 'halted')
if halted and tonumber(halted) <= decided then
  call('HDEL', control, 'halted')
  emit(user, 'queue.released', '')
end
expire_if_default(queue)
wake(update_ready(user, queue))
return 'OK'
