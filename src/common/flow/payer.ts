const PAYER = Symbol('payer of the call');
type Paid = { [PAYER]?: string | undefined };

/**
 * Stores with a call the account or customer whose limits it counts against, as soon as its credential has been
 * checked; undefined once a guard has refused it.
 */
export function keepPayer(call: object, payer: string | undefined): void {
  (call as Paid)[PAYER] = payer;
}

/** The account or customer whose limits a call counts against; undefined for a stranger. */
export const keptPayer = (call: object): string | undefined => (call as Paid)[PAYER];
