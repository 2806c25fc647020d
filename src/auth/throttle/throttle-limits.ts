/** At most so many in a window, which begins with the first and is not made longer by those that are refused. */
export interface Limit {
  readonly points: number;
  readonly seconds: number;
}

const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/**
 * How often somebody may try. Only failed logins count: who logs in never runs out.
 *
 * An account itself is never locked, or anybody could lock out its owner by trying. While it is under attack each
 * address gets fewer tries instead, and the owner's address has tries of its own. Who has logged in from an address before
 * is not locked out with their neighbours there, nor with those who attack the account: their pair alone counts.
 */
export class ThrottleLimits {
  /** Of one address on one account: more than anybody who looks for the right one of their passwords needs. */
  readonly loginsOfPair: Limit = { points: 10, seconds: 15 * MINUTE };
  /** Of one address on all accounts: an office behind one address, but not a list of stolen passwords. */
  readonly loginsOfAddress: Limit = { points: 40, seconds: 15 * MINUTE };
  /** Of all addresses on one account: from then on it is under attack. */
  readonly loginsOfAccount: Limit = { points: 20, seconds: HOUR };
  /** Of one address on an account under attack, in the window of `loginsOfPair`. */
  readonly triesUnderAttack: number = 3;
  /** How long it is remembered that an account was logged in to from an address; a timer of Node lasts 24 days at most. */
  readonly knownPair: Limit = { points: 1, seconds: 20 * DAY };
  /** Of one address: a gateway may register for its users, but must not fill the disk. */
  readonly registrationsOfAddress: Limit = { points: 10_000, seconds: HOUR };
}
