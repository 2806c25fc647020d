// @ts-check
/** Ends the process with a sentence if this Node cannot run the service. */
function requireNode() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  if (major > 20 || (major === 20 && minor >= 19)) return;
  console.error(`Turnwise needs Node 20.19 or newer; this is ${process.versions.node}.`);
  process.exit(1);
}

module.exports = { requireNode };
