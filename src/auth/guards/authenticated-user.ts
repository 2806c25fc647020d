/** Who calls, as the guard has judged it. */
export interface AuthenticatedUser {
  readonly userId: string;
  readonly sessionId: string;
}
