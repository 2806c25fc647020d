import { PrefixProxy, startPrefixProxy } from '../../support/prefix-proxy';
import { startTestApp, TestApp } from '../../support/test-app';

let service: TestApp;
let proxy: PrefixProxy;
beforeAll(async () => {
  service = await startTestApp();
  proxy = await startPrefixProxy('/tw/', service.url);
});
afterAll(async () => {
  await proxy.close();
  await service.close();
});

const statusOf = async (url: URL) => {
  const answer = await fetch(url);
  await answer.arrayBuffer();
  return [url.pathname, answer.status];
};

it.each(['', 'docs', 'docs/'])(
  'a proxy with a path prefix serves every file of the page /%s',
  async (page) => {
    const answer = await fetch(new URL(page, proxy.url));
    expect(answer.status).toBe(200);
    const links = [...(await answer.text()).matchAll(/(?:src|href)="([^"#]+)"/g)].map(([, link]) => link!);
    const files = links.map((link) => new URL(link, answer.url));
    expect(files.length).toBeGreaterThan(2);
    const statuses = await Promise.all(files.map(statusOf));
    expect(statuses).toEqual(files.map(({ pathname }) => [pathname, 200]));
    expect(files.filter(({ pathname }) => !pathname.startsWith('/tw/'))).toEqual([]);
  },
);

it('the document names a server behind the prefix, for its page and for a client', async () => {
  const answer = await fetch(new URL('docs-json', proxy.url));
  const { servers } = (await answer.json()) as { servers: { url: string }[] };
  for (const from of ['docs', 'docs-json']) {
    const server = new URL(servers[0]!.url, new URL(from, proxy.url));
    expect(await statusOf(new URL('health/live', server))).toEqual(['/tw/health/live', 200]);
  }
});
