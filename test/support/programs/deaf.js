// @ts-check
/** An isolated process that says it is ready, and whose event loop is blocked from then on. */
process.send?.({ kind: 'ready' }, () => {
  for (;;);
});
