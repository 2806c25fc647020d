import { Injectable } from '@nestjs/common';

/**
 * A part of a user's data besides the account. The room that owns it implements this; `users` does not know that room.
 */
export interface AccountData {
  /**
   * Ends this part of an erased user, who can no longer act when it is called. It may be called again, even after it
   * succeeded.
   * @throws if it could not be done now; it is then called again
   */
  endAccount(userId: string): Promise<void>;

  /** How many of the user's requests are left in this part, if it has any. It need not count all. */
  requestsLeft?(userId: string): Promise<number>;

  /** How long work in flight anywhere may still write to this part, ms. */
  quietAfterMs?(): Promise<number>;
}

/** All parts of users' data. Each room adds its own when the application starts. */
@Injectable()
export class AccountDataParts {
  private readonly parts = new Set<AccountData>();

  add(part: AccountData): void {
    this.parts.add(part);
  }

  /** Ends all parts, in the order in which they were added. @throws at the first part that cannot be ended now */
  async endAccount(userId: string): Promise<void> {
    for (const part of this.parts) await part.endAccount(userId);
  }

  /** How many of the user's requests are left. */
  async left(userId: string): Promise<number> {
    let left = 0;
    for (const part of this.parts) left += (await part.requestsLeft?.(userId)) ?? 0;
    return left;
  }

  /** How long work that was in flight when the user ended may still write, ms. */
  async quietAfterMs(): Promise<number> {
    let longest = 0;
    for (const part of this.parts) longest = Math.max(longest, (await part.quietAfterMs?.()) ?? 0);
    return longest;
  }
}
