-- emit: tells those who listen to a user of something that no other script sees.
-- In    ARGV[3] user, [4] the event's type, [5] id of the request or '', [6] more of it as JSON text, or ''
-- Out   'OK' | 'CLOSED'
if closed() then return 'CLOSED' end
emit(ARGV[3], ARGV[4], ARGV[5], ARGV[6])
return 'OK'
