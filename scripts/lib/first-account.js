// @ts-check
/** Accounts that the launchers make: `npm start` its first one, on a MongoDB of its own, and `npm run demo` an operator's. */
const { execFile } = require('node:child_process');
const { randomBytes } = require('node:crypto');
const { existsSync, mkdirSync, readFileSync, writeFileSync } = require('node:fs');
const { join } = require('node:path');
const { promisify } = require('node:util');
const { ROOT, inHome } = require('./paths');

/** @typedef {{ email: string, password: string, key: string }} Account */

/**
 * Created once, with a password that only `.turnwise/account` has; its key is also in `.turnwise/api-key`, for
 * scripts. It is an admin: anyone who can read that folder can already do more than that to this MongoDB.
 * @param {{ url: string, mongodbUri: string }} service that is ready
 * @returns {Promise<Account>}
 * @throws if the service refuses, for example because another account has the address
 */
async function firstAccount({ url, mongodbUri }) {
  const file = inHome('account');
  if (existsSync(file)) {
    const account = /** @type {Account} */ (JSON.parse(readFileSync(file, 'utf8')));
    if (await isAccepted(url, account.key)) return account;
  }
  const wanted = {
    email: 'you@example.com',
    name: 'npm start',
    scopes: ['enqueue', 'read', 'manage', 'work', 'admin', 'act-as'], // all: the tutorials need no login
  };
  const account = await makeAdmin(url, wanted, { MONGODB_URI: mongodbUri });
  mkdirSync(inHome(), { recursive: true, mode: 0o700 });
  writeFileSync(file, `${JSON.stringify(account, undefined, 2)}\n`, { mode: 0o600 });
  writeFileSync(inHome('api-key'), `${account.key}\n`, { mode: 0o600 });
  return account;
}

/**
 * Creates an admin account, with a password that is stored nowhere else, and an API key.
 * @param {string} url of the service
 * @param {{ email: string, name: string, scopes: readonly string[] }} wanted `name` and `scopes` of the key
 * @param {NodeJS.ProcessEnv} [variables] of `npm run admin`, in addition to those of this process
 * @returns {Promise<Account>}
 * @throws if the service refuses
 */
async function makeAdmin(url, { email, name, scopes }, variables = {}) {
  const login = { email, password: randomBytes(15).toString('base64url') };
  await post(`${url}/auth/register`, login);
  const admin = [join(ROOT, 'scripts', 'admin.js'), 'promote', email];
  await promisify(execFile)(process.execPath, admin, { env: { ...process.env, ...variables } });
  const { accessToken } = await post(`${url}/auth/login`, login);
  const { key } = await post(`${url}/auth/api-keys`, { name, scopes }, accessToken);
  return { ...login, key: key ?? '' };
}

/**
 * @param {string} url
 * @param {object} body
 * @param {string} [token]
 * @returns {Promise<Record<string, string>>}
 */
async function post(url, body, token) {
  const headers = { 'content-type': 'application/json', ...(token && { authorization: `Bearer ${token}` }) };
  const answer = await fetch(url, { method: 'POST', headers, body: JSON.stringify(body) });
  const said = /** @type {Record<string, string>} */ (await answer.json());
  if (!answer.ok) throw new Error(`${url}: ${said.detail ?? answer.status}`);
  return said;
}

/**
 * @param {string} url
 * @param {string} key
 */
async function isAccepted(url, key) {
  return (await fetch(`${url}/queue`, { headers: { authorization: `Bearer ${key}` } })).ok;
}

module.exports = { firstAccount, makeAdmin };
