// @ts-check
/** The account and the API key that `npm start` makes on a MongoDB of its own, so that the first call works at once. */
const { randomBytes } = require('node:crypto');
const { existsSync, mkdirSync, readFileSync, writeFileSync } = require('node:fs');
const { join } = require('node:path');
const { ROOT, home, inHome } = require('./paths');

const EMAIL = 'you@example.com';
const NO_REDIS = { REDIS_URL: 'redis://127.0.0.1' }; // the command needs none
const SCOPES = ['enqueue', 'read', 'manage', 'act-as'];

/** @typedef {{ email: string, password: string, key: string }} FirstAccount */

/**
 * Made once, with a password that only `.turnwise/account` knows; its key is also in `.turnwise/api-key`, for scripts.
 * It is an admin: whoever may read that folder may do more than that to this MongoDB.
 * @param {import('./run').Run} run
 * @param {{ url: string, mongodbUri: string }} service that is ready
 * @returns {Promise<FirstAccount>}
 * @throws if the service refuses, as it does when somebody else has the address
 */
async function firstAccount(run, { url, mongodbUri }) {
  const file = inHome('account');
  if (existsSync(file)) {
    const account = /** @type {FirstAccount} */ (JSON.parse(readFileSync(file, 'utf8')));
    if (await isAccepted(url, account.key)) return account;
  }
  const account = await make(run, { url, mongodbUri });
  mkdirSync(inHome(), { recursive: true, mode: 0o700 });
  writeFileSync(file, `${JSON.stringify(account, undefined, 2)}\n`, { mode: 0o600 });
  writeFileSync(inHome('api-key'), `${account.key}\n`, { mode: 0o600 });
  return account;
}

/**
 * @param {import('./run').Run} run
 * @param {{ url: string, mongodbUri: string }} service
 * @returns {Promise<FirstAccount>}
 */
async function make(run, { url, mongodbUri }) {
  const login = { email: EMAIL, password: randomBytes(15).toString('base64url') };
  await post(`${url}/auth/register`, login);
  await run.tool(
    'Making the first account an admin',
    process.execPath,
    [join(ROOT, 'dist', 'admin-command.js'), 'promote', EMAIL],
    {
      output: 'collect',
      env: { ...process.env, ...NO_REDIS, MONGODB_URI: mongodbUri, TURNWISE_HOME: home() },
    },
  );
  const { accessToken } = await post(`${url}/auth/login`, login);
  const { key } = await post(`${url}/auth/api-keys`, { name: 'npm start', scopes: SCOPES }, accessToken);
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

module.exports = { firstAccount };
