import { Injectable } from '@nestjs/common';
import { AccountCheck, isAccountLocked } from '../../users/account-check';
import { CustomersService } from '../../users/customers.service';
import { ApiKeyCheck, StandingKey } from '../credentials/api-key-check';
import type { AuthenticatedUser, Credential } from '../access/authenticated-user';
import { PortalLinkCheck } from '../credentials/portal-link-check';
import { SessionCheck } from '../credentials/session-check';
import { Scope, SCOPES_OF_ROLE } from '../access/scopes';
import type { VerifiedClaims } from './jwt.strategy';

/**
 * What a credential may do now, checked in every authenticated call: the credential or its account may have ended, or
 * the account may have lost a role. Every check is a coalesced read, see CoalescedFind.
 */
@Injectable()
export class AccessCheck {
  constructor(
    private readonly sessions: SessionCheck,
    private readonly keys: ApiKeyCheck,
    private readonly links: PortalLinkCheck,
    private readonly accounts: AccountCheck,
    private readonly customers: CustomersService,
  ) {}

  /**
   * The caller of an access token that has not expired; undefined if its session, portal link or account is no longer
   * valid.
   * @throws Problem account_locked
   */
  async ofClaims({
    sid,
    sub,
    portal,
  }: Pick<VerifiedClaims, 'sid' | 'sub' | 'portal'>): Promise<AuthenticatedUser | undefined> {
    return portal ? this.ofPortal(sid, sub) : this.ofSession(sid, sub);
  }

  /** The caller of a session and its account; undefined if either is no longer valid. */
  private async ofSession(sessionId: string, accountId: string): Promise<AuthenticatedUser | undefined> {
    const role = await this.sessions.roleOf(sessionId, accountId);
    if (role === undefined) return undefined;
    const credential: Credential = { kind: 'session', id: sessionId, accountId };
    return { userId: accountId, credential, scopes: SCOPES_OF_ROLE[role] };
  }

  /**
   * The caller of an API key; undefined if the key is not valid.
   * @param address of the client
   * @throws Problem account_locked
   */
  async ofKey(text: string, address: string): Promise<AuthenticatedUser | undefined> {
    const key = await this.keys.find(text, address);
    return key && this.ofStanding(key);
  }

  /**
   * The caller of a portal link and its account: the customer. Undefined unless the link, the credential that created
   * it and the customer are all still valid.
   */
  private async ofPortal(linkId: string, accountId: string): Promise<AuthenticatedUser | undefined> {
    const link = await this.links.findById(linkId);
    if (link?.ownerId !== accountId) return undefined;
    const [maker, isErased] = await Promise.all([
      this.ofCredential({ ...link.maker, accountId }),
      this.customers.isErased(link.userId),
    ]);
    if (isErased || !maker?.scopes.has('act-as')) return undefined;
    const credential: Credential = { kind: 'portal', id: linkId, accountId };
    return { userId: link.userId, credential, scopes: new Set(link.scopes) };
  }

  /**
   * Whether the caller's credential is still valid, for long answers such as streams. It is not for an erased customer.
   * @param scope that the credential must have; `act-as` if it acts for a customer
   */
  async stillStands({ userId, credential }: AuthenticatedUser, scope: Scope): Promise<boolean> {
    const isOwn = userId === credential.accountId || credential.kind === 'portal';
    const [now, isErased] = await Promise.all([
      this.ofCredential(credential).catch(undefinedIfLocked),
      isOwn ? false : this.customers.isErased(userId),
    ]);
    return now?.scopes.has(isOwn ? scope : 'act-as') === true && !isErased;
  }

  private async ofCredential({ kind, id, accountId }: Credential): Promise<AuthenticatedUser | undefined> {
    if (kind === 'session') return this.ofSession(id, accountId);
    if (kind === 'portal') return this.ofPortal(id, accountId);
    const key = await this.keys.findById(id);
    return key && this.ofStanding(key);
  }

  private async ofStanding(key: StandingKey): Promise<AuthenticatedUser | undefined> {
    const role = await this.accounts.roleOf(key.userId);
    if (role === undefined) return undefined;
    const credential: Credential = { kind: 'api-key', id: key._id, accountId: key.userId };
    const scopes = new Set(key.scopes.filter((scope) => SCOPES_OF_ROLE[role].has(scope)));
    return { userId: key.userId, credential, scopes };
  }
}

/** Counts a locked account as no longer valid. @throws any other error */
function undefinedIfLocked(error: unknown): undefined {
  if (!isAccountLocked(error)) throw error;
}
