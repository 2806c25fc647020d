// @ts-check
/** An isolated process whose handler does what its payload says: `end`, `die`, or `wait` until it is told to stop. */
process.on('message', (/** @type {{ kind: string, job?: { payload: string } }} */ { kind, job }) => {
  const how = job && JSON.parse(job.payload);
  if (how === 'die') process.exit(1);
  if (how === 'end' || kind === 'stop') process.send?.({ kind: 'ended', end: { result: `"${kind}"` } });
});
process.send?.({ kind: 'ready' });
