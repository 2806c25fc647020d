import { computed, signal } from '@preact/signals';
import type { Schemas } from '../../../client';
import { ApiError, readProblem, Unreachable } from './errors';
import { isPortal, portalToken } from './portal';
import { seeTime } from './server-time';
import { ofBrowser } from './storage';

/**
 * Who is signed in. All tabs share one session: its tokens are in localStorage, and a renewal holds a lock, so that no
 * tab ever sends a refresh token that another one has spent.
 */
interface Session {
  readonly accessToken: string;
  /** Absent in a portal: its link cannot be renewed. */
  readonly refreshToken?: string;
}

const STORED = 'turnwise.session';
/** A call without an answer is given up after this, ms: a connection can be lost without an error. */
const ANSWER_MS = 30_000;
/**
 * The same for a renewal and a sign-out, ms. Every tab waits for a renewal, and the server takes its repeat for the use of
 * a stolen token after ten seconds.
 */
const RENEWAL_MS = 5_000;

const stored = (): Session | undefined => {
  const text = ofBrowser.getItem(STORED);
  return text === null ? undefined : (JSON.parse(text) as Session);
};

/** That of a portal is its link's, in this tab alone. */
const linked = (): Session | undefined => {
  const accessToken = portalToken();
  return accessToken === undefined ? undefined : { accessToken };
};

export const session = signal<Session | undefined>(isPortal ? linked() : stored());

/** Whose token it is; a token that cannot be read is nobody else's. */
const ownerOf = (token: string): string => {
  try {
    const claims = token.split('.')[1]!.replaceAll('-', '+').replaceAll('_', '/');
    return (JSON.parse(atob(claims)) as { sub: string }).sub;
  } catch {
    return token;
  }
};

/**
 * The account that is signed in; in a portal, that of its link. The token says it at once, also if another tab has signed
 * in to another account.
 */
export const account = computed(() => session.value && ownerOf(session.value.accessToken));
/** Set when a session has ended by itself, so that the sign-in form can say so. */
export const hasExpired = signal(false);

window.addEventListener('storage', ({ key }) => {
  if (!isPortal && (key === STORED || key === null)) session.value = stored();
});

export async function signUp(email: string, password: string): Promise<void> {
  await post('auth/register', { email, password });
}

export async function signIn(email: string, password: string): Promise<void> {
  keep((await post('auth/login', { email, password })) as Schemas['TokensDto']);
  hasExpired.value = false;
}

/** By the token of a one-time link. Every session of the account ends. */
export async function resetPassword(token: string, password: string): Promise<void> {
  await post('auth/password/reset', { token, password });
  forget();
}

export async function signOut(): Promise<void> {
  try {
    await authorizedFetch(new Request('auth/logout', { method: 'POST' }));
  } finally {
    forget();
  }
}

/**
 * Sends a call as the signed-in user; an expired token is renewed once.
 * @throws Unreachable; ApiError if the session has ended, or is another account's by now
 */
export async function authorizedFetch(request: Request): Promise<Response> {
  const current = session.value;
  const again = request.clone();
  const answer = await send(request, current?.accessToken);
  if (answer.status !== 401 || current === undefined) return answer;
  const { accessToken } = await renewed(current);
  // What one account has decided is not done as another one.
  if (ownerOf(accessToken) !== ownerOf(current.accessToken)) throw new ApiError(401, undefined);
  return send(again, accessToken);
}

/** The session after `expired`: another tab may have renewed it already. */
async function renewed(expired: Session): Promise<Session> {
  const renew = async () => {
    const latest = expired.refreshToken === undefined ? expired : stored();
    if (latest !== undefined && latest.accessToken !== expired.accessToken) return (session.value = latest);
    try {
      if (latest?.refreshToken === undefined) throw new ApiError(401, undefined);
      const { refreshToken } = latest;
      const tokens = (await post('auth/refresh', { refreshToken })) as Schemas['TokensDto'];
      if (stored()?.refreshToken === refreshToken) return keep(tokens);
      throw new ApiError(401, undefined);
    } catch (error) {
      // A 403 or 404 may be a proxy's, while the service is deployed.
      const isOver = error instanceof ApiError && error.status === 401;
      // Another tab may have signed out, or signed in, meanwhile: that stays.
      const isStill = isPortal || stored()?.refreshToken === latest?.refreshToken;
      if (isOver && isStill) {
        hasExpired.value = true;
        forget();
      }
      throw error;
    }
  };
  // Where the page is served without TLS there are no locks; then the server's grace for doubles has to do.
  return 'locks' in navigator ? navigator.locks.request(STORED, renew) : renew();
}

function keep({ accessToken, refreshToken }: Schemas['TokensDto']): Session {
  const kept = { accessToken, refreshToken };
  ofBrowser.setItem(STORED, JSON.stringify(kept));
  session.value = kept;
  return kept;
}

function forget(): void {
  if (session.value?.refreshToken !== undefined) ofBrowser.removeItem(STORED);
  session.value = undefined;
}

async function post(path: string, body: object): Promise<unknown> {
  const headers = { 'content-type': 'application/json' };
  const answer = await send(new Request(path, { method: 'POST', headers, body: JSON.stringify(body) }));
  if (!answer.ok) throw new ApiError(answer.status, await readProblem(answer));
  return answer.json();
}

async function send(request: Request, accessToken?: string): Promise<Response> {
  if (accessToken !== undefined) request.headers.set('authorization', `Bearer ${accessToken}`);
  const stop = new AbortController();
  const end = () => stop.abort(request.signal.reason);
  if (request.signal.aborted) end();
  request.signal.addEventListener('abort', end);
  const limitMs = limitOf(request);
  const sentAt = Date.now();
  const unreachable = new Unreachable(isSafe(request));
  const timer = limitMs && setTimeout(() => stop.abort(unreachable), limitMs);
  try {
    const answer = await fetch(request, { cache: 'no-store', credentials: 'omit', signal: stop.signal });
    seeTime(answer, sentAt);
    if (isStream(answer)) clearTimeout(timer); // otherwise the limit includes the body
    return answer;
  } catch (error) {
    if (request.signal.aborted) throw error;
    throw unreachable;
  }
}

const isSafe = ({ method, url, headers }: Request): boolean =>
  method === 'GET' || headers.has('idempotency-key') || /\/auth\/(login|refresh|logout)$/.test(url);

/** How long to wait for an answer, ms. A decision about requests may take longer, and continues on the server. */
function limitOf(request: Request): number | undefined {
  if (/\/auth\/(refresh|logout)$/.test(request.url)) return RENEWAL_MS;
  const isForm = /\/auth\/(register|password\/reset)$/.test(request.url);
  return isForm || isSafe(request) ? ANSWER_MS : undefined;
}

const isStream = (answer: Response): boolean =>
  answer.headers.get('content-type')?.startsWith('text/event-stream') ?? false;
