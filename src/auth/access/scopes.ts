import type { UserRole } from '../../users/user.schema';

/** Scopes for your queue: enqueue, read, and change it (cancel, retry, pause, and so on). */
const QUEUE_SCOPES = ['enqueue', 'read', 'manage'] as const;

/** Further scopes of admins: serve external types, see every queue, and act for customers. */
const ADMIN_SCOPES = ['work', 'admin', 'act-as'] as const;

export const SCOPES = [...QUEUE_SCOPES, ...ADMIN_SCOPES] as const;

/** One permission of a credential. */
export type Scope = (typeof SCOPES)[number];

export const SCOPES_OF_QUEUE: ReadonlySet<Scope> = new Set(QUEUE_SCOPES);

/** Everything that a role may do. A login has all of it, an API key the part it was created with. */
export const SCOPES_OF_ROLE: Readonly<Record<UserRole, ReadonlySet<Scope>>> = {
  user: SCOPES_OF_QUEUE,
  admin: new Set(SCOPES),
};
