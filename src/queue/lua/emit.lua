-- emit: appends an event that no other script emits to a user's stream, if the user has a listener.
-- In    ARGV[3] user, [4] the event's type, [5] id of the request or '', [6] its data as JSON text, or ''
-- Out   'OK' | 'CLOSED'
if closed() then return 'CLOSED' end
emit(ARGV[3], ARGV[4], ARGV[5], ARGV[6])
return 'OK'
