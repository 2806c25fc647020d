import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { AdminCommands } from '../../../src/admin/commands/admin-commands';
import type { PasswordResetsService } from '../../../src/auth/passwords/password-resets.service';
import { ConsoleModule } from '../../../src/console/console.module';
import type { UsersService } from '../../../src/users/users.service';
import { startProbeServer } from '../../support/probe-server';

let app: NestFastifyApplication;
let url: string;
beforeAll(async () => ({ app, url } = await startProbeServer({ imports: [ConsoleModule] })));
afterAll(() => app.close());

it('is served whole, under a policy that allows nothing inline, and has nothing inline', async () => {
  const answer = await fetch(`${url}/`);
  expect(answer.status).toBe(200);
  expect(answer.headers.get('content-type')).toContain('text/html');
  expect(answer.headers.get('content-security-policy')).not.toContain('unsafe');
  const html = await answer.text();
  expect(html).not.toMatch(/<style|\sstyle=|\son\w+=|<script(?![^>]*\ssrc=)/);

  const files = [...html.matchAll(/<(?:script|link|img)\s[^>]*(?:src|href)="([^"]+)"/g)].map(
    ([, file]) => file ?? '',
  );
  expect(files).toEqual(expect.arrayContaining(['app.js', 'theme.css', 'icon.svg']));
  for (const file of [...files, 'session.js', 'view.js']) {
    const part = await fetch(`${url}/${file}`); // relative, so that a path prefix is kept
    expect([file, part.status]).toEqual([file, 200]);
    if (file.endsWith('.js'))
      expect(await part.text()).not.toMatch(/innerHTML|outerHTML|insertAdjacentHTML|document\.write/);
  }
});

it('has every element that its scripts ask for, and takes the link that an operator makes', async () => {
  const read = async (file: string) => (await fetch(`${url}/${file}`)).text();
  const [html, app, view] = await Promise.all(['', 'app.js', 'view.js'].map(read));
  const asked = [...`${app}${view}`.matchAll(/(?:element|show|onSubmit)\('([\w-]+)'/g)].map(([, id]) => id);
  expect(asked.length).toBeGreaterThan(20);
  expect(asked.filter((id) => !html!.includes(` id="${id}"`))).toEqual([]);
  const users = { issue: async () => 'TOKEN' } as unknown as PasswordResetsService;
  const link = await new AdminCommands({} as UsersService, users).resetPassword('a@example.com', url);
  const [, name] = /#([\w-]+)=TOKEN/.exec(link)!;
  expect(app).toContain(`.get('${name}')`);
});

it('serves no file but its own', async () => {
  for (const path of ['/package.json', '/..%2fpackage.json', '/app.ts'])
    expect((await fetch(url + path)).status).toBe(404);
});
