-- snapshot: one user's queue at this moment. Reads only.
-- In    ARGV[3] user; from ARGV[4] ids whose place from the head is wanted
-- Out   { now, active id or '', its processedOn or '', waiting, scheduled for later, paused (1 or 0), halted (1 or 0), next due
--       time (ms) or '', timestamp of the head or '', places ('' if scheduled or unknown), the clock: what is accepted from now on has a higher seq }
--       | 'CLOSED'
if closed() then return 'CLOSED' end
local user = ARGV[3]
local queue = queue_of(user)
local wait, delayed = queue .. 'wait', queue .. 'delayed'
local active = call('LINDEX', queue .. 'active', 0)
local waiting = call('LLEN', wait)
local due = '(' .. text((now + 1) * 1000)
local overdue = call('ZCOUNT', delayed, '-inf', due)

-- How many requests come before it: the running one, those nearer to the head, and scheduled ones that are due before it.
local function place_of(id)
  if id == active then return '0' end
  local running, time = active and 1 or 0, call('ZSCORE', delayed, id)
  if time and tonumber(time) >= (now + 1) * 1000 then return '' end
  local job = order_fields_of(queue, id)
  if not job[SEQ] then return '' end
  local seq = tonumber(job[SEQ])
  if time then return text(running + ahead_of(queue, seq) + call('ZRANK', delayed, id)) end
  if started(job) then return text(running) end
  local before = '(' .. text(min(seq, (now + 1) * 1000))
  return text(running + ahead_of(queue, seq) + call('ZCOUNT', delayed, '-inf', before))
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
  text(clock),
}
