// @ts-check
/** An isolated process that reports that it is ready, and then blocks its event loop forever. */
process.send?.({ kind: 'ready' }, () => {
  for (;;);
});
