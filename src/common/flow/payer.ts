const PAYER = Symbol('payer of the call');
type Paid = { [PAYER]?: string };

/** Stores with a call the account or portal link whose limits it counts against, as soon as that is known. */
export function keepPayer(call: object, payer: string): void {
  (call as Paid)[PAYER] = payer;
}

/** The account or portal link whose limits a call counts against; undefined for a stranger. */
export const keptPayer = (call: object): string | undefined => (call as Paid)[PAYER];
