-- snapshot: one user's queue at this moment. Reads only.
-- In    ARGV[3] user; ids from ARGV[4], whose places from the head are wanted
-- Out   { now, active id or '', its processedOn or '', waiting, scheduled for later, paused (1 or 0),
--       halted (1 or 0), next due ms or '', timestamp of the head or '', places: '' if scheduled or unknown } | 'CLOSED'
if closed() then return 'CLOSED' end
local user = ARGV[3]
local queue = queue_of(user)
local wait, delayed = queue .. 'wait', queue .. 'delayed'
local active = call('LINDEX', queue .. 'active', 0)
local waiting = call('LLEN', wait)
local due = '(' .. text((now + 1) * 1000)
local overdue = call('ZCOUNT', delayed, '-inf', due)

-- Of a waiting one: those nearer to the head, the running one, and the scheduled ones that are due before it.
-- Of a scheduled one that is due: the same, by seq.
local function place_of(id)
  if id == active then return '0' end
  local ahead = active and 1 or 0
  local from_tail = call('LPOS', wait, id)
  if from_tail then
    local seq = call('HGET', queue .. id, 'seq')
    return text(ahead + waiting - 1 - from_tail + call('ZCOUNT', delayed, '-inf', '(' .. seq))
  end
  local seq = tonumber(call('ZSCORE', delayed, id) or 'inf')
  if seq >= (now + 1) * 1000 then return '' end
  for i = 1, waiting do
    local other = call('LINDEX', wait, -i)
    if tonumber(call('HGET', queue .. other, 'seq')) > seq then break end
    ahead = ahead + 1
  end
  return text(ahead + call('ZRANK', delayed, id))
end

local places = {}
for i = 4, #ARGV do places[#places + 1] = place_of(ARGV[i]) end
local control = control_of(queue)
local oldest, job, oldest_due = head(queue)
local score = call('ZSCORE', ready_of(job and job[LANE] or 'main'), user)
return {
  text(now),
  active or '',
  active and call('HGET', queue .. active, 'processedOn') or '',
  waiting + overdue,
  call('ZCARD', delayed) - overdue,
  control[PAUSED] and 1 or 0,
  control[HALTED] and 1 or 0,
  score and score ~= 'inf' and tonumber(score) > now and score or '',
  oldest and oldest_due <= now and job[TIMESTAMP] or '',
  places,
}
