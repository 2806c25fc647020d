/**
 * Calls the API as whoever is logged in. The access token lives in memory alone, the refresh token in this tab's
 * sessionStorage. URLs are relative, so that the page works behind a path prefix.
 */
const STORED = 'turnwise.refreshToken';
let accessToken = '';
let refreshing;

/** An answer that is an error; `message` is its problem's detail. */
export class ApiError extends Error {
  constructor(status, problem) {
    super(problem?.detail ?? `The server answered ${status}.`);
    this.status = status;
    this.code = problem?.code;
  }
}

export const isLoggedIn = () => sessionStorage.getItem(STORED) !== null;

export async function register(email, password) {
  await read(await send('POST', 'auth/register', JSON.stringify({ email, password })));
}

export async function logIn(email, password) {
  keep(JSON.parse(await read(await send('POST', 'auth/login', JSON.stringify({ email, password })))));
}

/** By the token of a one-time link. Every session of the account ends. */
export async function resetPassword(token, password) {
  await read(await send('POST', 'auth/password/reset', JSON.stringify({ token, password })));
  forget();
}

export async function logOut() {
  try {
    await call('POST', 'auth/logout');
  } finally {
    forget();
  }
}

/** @param body JSON text, sent as it is; @returns the answer's text. A token that has expired is renewed once. */
export async function call(method, path, body) {
  if (accessToken === '') await refresh();
  const answer = await send(method, path, body);
  if (answer.status !== 401) return read(answer);
  await refresh();
  return read(await send(method, path, body));
}

/** Calls that find the token expired at the same time share one renewal. */
function refresh() {
  refreshing ??= renew().finally(() => (refreshing = undefined));
  return refreshing;
}

async function renew() {
  const refreshToken = sessionStorage.getItem(STORED);
  accessToken = '';
  try {
    keep(JSON.parse(await read(await send('POST', 'auth/refresh', JSON.stringify({ refreshToken })))));
  } catch (error) {
    if (error instanceof ApiError && error.status < 500 && error.status !== 429) forget();
    throw error;
  }
}

function keep(tokens) {
  accessToken = tokens.accessToken;
  sessionStorage.setItem(STORED, tokens.refreshToken);
}

function forget() {
  accessToken = '';
  sessionStorage.removeItem(STORED);
}

function send(method, path, body) {
  const headers = { accept: 'application/json' };
  if (body !== undefined) headers['content-type'] = 'application/json';
  if (accessToken !== '') headers.authorization = `Bearer ${accessToken}`;
  return fetch(path, { method, headers, body, cache: 'no-store', credentials: 'omit' });
}

async function read(answer) {
  const text = await answer.text();
  if (answer.ok) return text;
  throw new ApiError(answer.status, problemIn(text));
}

function problemIn(text) {
  try {
    return JSON.parse(text);
  } catch {
    return undefined; // a proxy's own page
  }
}
