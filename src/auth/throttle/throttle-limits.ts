/** At most this many tries in a window. The window starts with the first try; refused tries do not extend it. */
export interface Limit {
  readonly points: number;
  readonly seconds: number;
}

const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/**
 * How many tries a login allows. Only failed logins count, so a client that logs in successfully never reaches a limit.
 *
 * An account itself is never locked, because anybody could lock out its owner by trying. While an account is under
 * attack, each address gets fewer tries instead. An address with an earlier successful login has tries of its own: it
 * is locked out neither with its neighbours nor with the attackers, because only its own pair counts.
 */
export class ThrottleLimits {
  /** One address on one account: more than an owner needs who tries their own passwords. */
  readonly loginsOfPair: Limit = { points: 10, seconds: 15 * MINUTE };
  /** One address on all accounts: enough for an office behind one address, not for a list of stolen passwords. */
  readonly loginsOfAddress: Limit = { points: 40, seconds: 15 * MINUTE };
  /** All addresses on one account. From then on it is under attack. */
  readonly loginsOfAccount: Limit = { points: 20, seconds: HOUR };
  /** One address on an account under attack, in the window of `loginsOfPair`. */
  readonly triesUnderAttack: number = 3;
  /** How long a successful login from an address is remembered. A Node timer lasts at most 24 days. */
  readonly knownPair: Limit = { points: 1, seconds: 20 * DAY };
  /** One address: a gateway may register for its users, but must not fill the disk. */
  readonly registrationsOfAddress: Limit = { points: 10_000, seconds: HOUR };
}
