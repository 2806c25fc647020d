const PAYER = Symbol('payer of the call');
type Paid = { [PAYER]?: string };

/** Notes on a call whose bounds it counts against, as soon as that is known. */
export function keepPayer(call: object, payer: string): void {
  (call as Paid)[PAYER] = payer;
}

/** Whose bounds a call counts against; undefined of a stranger. */
export const keptPayer = (call: object): string | undefined => (call as Paid)[PAYER];
