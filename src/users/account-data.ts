import { Injectable } from '@nestjs/common';

/** A part of what a user has besides the account, kept by a room that `users` does not know. */
export interface AccountData {
  /**
   * Ends this part of an erased user. The user cannot act any longer when it is called. It may be called again, also
   * after it was done.
   * @throws if it could not be done now; it is then called again
   */
  endAccount(userId: string): Promise<void>;

  /** How many of the user's requests are left in this part, if it keeps any; not all need be counted. */
  requestsLeft?(userId: string): Promise<number>;

  /** How long, ms, what is in flight anywhere may still write to this part. */
  quietAfterMs?(): Promise<number>;
}

/** All parts of what users have; each room adds its own when the application starts. */
@Injectable()
export class AccountDataParts {
  private readonly parts = new Set<AccountData>();

  add(part: AccountData): void {
    this.parts.add(part);
  }

  /** Ends all of it, in the order in which it was added. @throws at the first part that cannot be ended now */
  async endAccount(userId: string): Promise<void> {
    for (const part of this.parts) await part.endAccount(userId);
  }

  /** How many of the user's requests are left. */
  async left(userId: string): Promise<number> {
    let left = 0;
    for (const part of this.parts) left += (await part.requestsLeft?.(userId)) ?? 0;
    return left;
  }

  /** How long, ms, what was in flight when the user ended may still write. */
  async quietAfterMs(): Promise<number> {
    let longest = 0;
    for (const part of this.parts) longest = Math.max(longest, (await part.quietAfterMs?.()) ?? 0);
    return longest;
  }
}
