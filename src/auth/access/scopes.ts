import type { UserRole } from '../../users/user.schema';

/** What acts on one's own queue: take in, look, and change (cancel, retry, pause and the like). */
export const QUEUE_SCOPES = ['enqueue', 'read', 'manage'] as const;

/** What admins have besides: serve external types, see everybody's queues, and act for customers. */
export const ADMIN_SCOPES = ['work', 'admin', 'act-as'] as const;

export const SCOPES = [...QUEUE_SCOPES, ...ADMIN_SCOPES] as const;

/** One thing that credentials may be good for. */
export type Scope = (typeof SCOPES)[number];

export const SCOPES_OF_QUEUE: ReadonlySet<Scope> = new Set(QUEUE_SCOPES);

/** All that a role may do: a login has these, an API key those of them that it was given. */
export const SCOPES_OF_ROLE: Readonly<Record<UserRole, ReadonlySet<Scope>>> = {
  user: SCOPES_OF_QUEUE,
  admin: new Set(SCOPES),
};
