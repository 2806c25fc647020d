import {
  AttemptFailure,
  Handler,
  PermanentFailure,
  RequestContext,
  RequestHandler,
} from '../../src/handlers';
import { Ledger } from './ledger';
import { LedgerEntry } from './ledger-entry.dto';

/** Books the entries of a user's account in the order in which they were sent, each exactly once. */
@RequestHandler('ledger.post', {
  payload: LedgerEntry,
  description: "Books an entry of the caller's account; one that would overdraw it fails.",
  example: { amount: -1250 },
})
export class LedgerHandler implements Handler<LedgerEntry, { balance: number }> {
  constructor(private readonly ledger: Ledger) {}

  async handle({ amount }: LedgerEntry, context: RequestContext): Promise<{ balance: number }> {
    const { userId, idempotencyKey: key, fencingToken: token } = context;
    const outcome = await this.ledger.apply({ userId, amount, key, token });
    switch (outcome.kind) {
      case 'applied':
        return { balance: outcome.balance };
      case 'repeated': // an earlier attempt has booked it, and its worker died before it could say so
        context.log.warn('was booked by an earlier attempt');
        return { balance: outcome.balance };
      case 'overdrawn':
        throw new PermanentFailure('The balance is too low.', { code: 'overdrawn' });
      case 'stale': // this worker was frozen, and another one has the turn: this attempt no longer counts
        throw new AttemptFailure('A newer attempt was here.', { code: 'stale' });
    }
  }
}
