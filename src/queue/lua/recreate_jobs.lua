-- recreate_jobs: writes the lost jobs of requests that are pending in MongoDB, before `mend` puts them into the queue. (P3)
-- In    items from ARGV[3] (see _recreate_job.lua)
-- Out   'OK' | 'CLOSED'
-- Does  such a request is looked up before it runs. A request that has its job is left alone. May be repeated.
if closed() then return 'CLOSED' end
for i = 3, #ARGV, RECORD_SIZE do
  local queue = queue_of(ARGV[i])
  local job = queue .. ARGV[i + 1]
  if not call('HGET', job, 'seq') then
    write_job(queue, i)
    call('HSETNX', job, 'check', '1')
  end
end
return 'OK'
