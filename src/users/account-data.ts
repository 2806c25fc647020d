/** What a user has besides the account, kept by a room that `users` does not know. */
export abstract class AccountData {
  /**
   * Ends what there is of a user who has ended: what waits is cancelled. Nobody can act as the user any more when it
   * is called. It may be called again, also after it was done.
   * @throws if it could not be done now; it is then called again
   */
  abstract endAccount(userId: string): Promise<void>;
}
