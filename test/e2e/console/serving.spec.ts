import { gzipSync } from 'node:zlib';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { AdminCommands } from '../../../src/admin/commands/admin-commands';
import type { CredentialEnds } from '../../../src/auth/credentials/credential-ends.service';
import type { PasswordHasher } from '../../../src/auth/passwords/password-hasher';
import type { ErasureRecords } from '../../../src/users/erasure-records.service';
import type { PasswordResetsService } from '../../../src/auth/passwords/password-resets.service';
import { ConsoleModule } from '../../../src/console/console.module';
import type { OperatorActions } from '../../../src/users/operator-actions.service';
import type { UsersService } from '../../../src/users/users.service';
import { startBrowser } from '../../support/browser';
import { startProbeServer } from '../../support/probe-server';
import { partOf } from '../../support/part-of';

/** The most bytes, compressed, that the first visit may load. */
const FIRST_LOAD = 150_000;

let app: NestFastifyApplication;
let url: string;
beforeAll(async () => ({ app, url } = await startProbeServer({ imports: [ConsoleModule] })));
afterAll(() => app.close());

const filesOf = (html: string) =>
  [...html.matchAll(/<(?:script|link|img)\s[^>]*(?:src|href)="([^"]+)"/g)].map(([, file]) => file ?? '');

it('the page is served with all its files under a policy without inline code, and has none', async () => {
  const answer = await fetch(`${url}/`);
  expect(answer.status).toBe(200);
  expect(answer.headers.get('content-type')).toContain('text/html');
  expect(answer.headers.get('content-security-policy')).not.toContain('unsafe');
  expect(answer.headers.get('cache-control')).toBe('no-store');
  const html = await answer.text();
  expect(html).not.toMatch(/<style|\sstyle=|\son\w+=|<script(?![^>]*\ssrc=)/);
  const files = filesOf(html);
  expect(files.map((file) => file.replace(/.*\./, '')).sort()).toEqual(['css', 'js', 'svg']);
  let size = gzipSync(html).length;
  for (const file of files) {
    expect(file).toMatch(/^\.\//); // relative, so that a path prefix is kept
    const part = await fetch(new URL(file, `${url}/`));
    expect([file, part.status]).toEqual([file, 200]);
    if (file.includes('/assets/')) expect(part.headers.get('cache-control')).toContain('immutable');
    size += gzipSync(Buffer.from(await part.arrayBuffer())).length;
  }
  expect(size).toBeLessThan(FIRST_LOAD);
});

it('the page is built for production, whatever NODE_ENV the builder has', async () => {
  for (const file of filesOf(await (await fetch(`${url}/`)).text())) {
    const part = await (await fetch(new URL(file, `${url}/`))).text();
    expect([file, part.includes('console/src/')]).toEqual([file, false]); // as a development build names its sources
  }
});

it('the page accepts the link for a new password that an operator creates', async () => {
  const resets = partOf<PasswordResetsService>({ issue: async () => ({ token: 'TOKEN', userId: 'u1' }) });
  const commands = new AdminCommands(
    {} as UsersService,
    resets,
    {} as CredentialEnds,
    {} as ErasureRecords,
    {} as PasswordHasher,
    partOf<OperatorActions>({ note: async () => undefined }),
  );
  const link = await commands.resetPassword('a@example.com', url);
  const browser = await startBrowser();
  try {
    const page = await browser.newPage();
    page.setDefaultTimeout(110_000);
    await page.goto(/http\S+/.exec(link)![0]);
    const sent = page.waitForRequest('**/auth/password/reset');
    await page.getByLabel('New password').fill('a new and long password');
    await page.getByRole('button', { name: 'Set the password' }).click();
    expect((await sent).postDataJSON()).toEqual({ token: 'TOKEN', password: 'a new and long password' });
  } finally {
    await browser.close();
  }
});

it('the page serves no file besides its own', async () => {
  for (const path of ['/package.json', '/..%2fpackage.json', '/src/main.tsx', '/.sources'])
    expect([path, (await fetch(url + path)).status]).toEqual([path, 404]);
});
