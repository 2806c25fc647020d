/** The target's address is none that may be reached; no connection was opened. Says nothing of the address. */
export class TargetRefused extends Error {
  constructor() {
    super('The target has no public address.');
    this.name = 'TargetRefused';
  }
}
