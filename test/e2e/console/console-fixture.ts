import { randomUUID } from 'node:crypto';
import type { Browser, BrowserContext, Page, Route } from 'playwright-core';
import { startBrowser } from '../../support/browser';
import { served } from '../../support/cluster';
import { httpTarget, type StubTarget } from '../../support/stub-target';
import { TcpProxy } from '../../support/tcp-proxy';
import { startTestApp, type TestApp } from '../../support/test-app';

const PASSWORD = 'correct horse battery';

/** How long the browser waits until something is visible: Jest's own limit comes first. */
const PATIENCE_MS = 110_000;

// eslint-disable-next-line @typescript-eslint/no-explicit-any -- a test states what it expects of an answer
type Answer = any;

/** The service, a browser, and a target whose answers a test chooses. */
export class ConsoleFixture {
  private accounts = 0;
  private readonly answer = { status: 400 };
  /** What `stop` does, the last first. */
  private readonly ends: (() => Promise<unknown>)[] = [];
  app!: TestApp;
  browser!: Browser;
  target!: StubTarget;
  /** Between the browser and the service; a test can cut it. */
  proxy!: TcpProxy;

  private constructor() {}

  /** @param overrides variables of the service */
  static async start(overrides: Record<string, string> = {}): Promise<ConsoleFixture> {
    const fixture = new ConsoleFixture();
    try {
      await fixture.begin(overrides);
      return fixture;
    } catch (error) {
      await fixture.stop();
      throw error;
    }
  }

  private async begin(overrides: Record<string, string>): Promise<void> {
    this.target = await httpTarget((_call, response) => response.writeHead(this.answer.status).end('{}'));
    this.ends.push(() => this.target.close());
    this.app = await startTestApp({ HTTP_ALLOW_TARGETS: '127.0.0.1/32', ...overrides });
    this.ends.push(() => this.app.close());
    this.proxy = await TcpProxy.start(Number(new URL(this.app.url).port));
    this.ends.push(() => this.proxy.stop());
    this.browser = await startBrowser();
    this.ends.push(() => this.browser.close());
  }

  get url(): string {
    return `http://127.0.0.1:${this.proxy.port}/`;
  }

  /** What the target answers from now on. */
  targetAnswers(status: number): void {
    this.answer.status = status;
  }

  async stop(): Promise<void> {
    for (const end of this.ends.reverse()) await end();
  }

  /** A separate browser context, as of another person. */
  async context(): Promise<BrowserContext> {
    const context = await this.browser.newContext({ viewport: { width: 1280, height: 800 } });
    context.setDefaultTimeout(PATIENCE_MS);
    return context;
  }

  /** Registers a user on the page, and returns them with the page. */
  async signUp(context?: BrowserContext): Promise<Visitor> {
    const page = await (context ?? (await this.context())).newPage();
    const email = `visitor-${(this.accounts += 1)}@example.com`;
    await page.goto(this.url);
    await page.getByRole('button', { name: 'Create an account' }).click();
    await this.fill(page, email);
    await page.getByRole('button', { name: 'Create account' }).click();
    await page.getByRole('heading', { name: 'Your queue' }).waitFor();
    return new Visitor(this.app.url, page, email, await this.tokenOf(email));
  }

  /** Signs in on a page that shows the form. */
  async signIn(page: Page, email: string): Promise<void> {
    await this.fill(page, email);
    await page.getByRole('button', { name: 'Sign in' }).click();
  }

  /** The access token of another session. */
  async tokenOf(email: string): Promise<string> {
    const answer = await fetch(`${this.app.url}/auth/login`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ email, password: PASSWORD }),
    });
    return ((await answer.json()) as { accessToken: string }).accessToken;
  }

  private async fill(page: Page, email: string): Promise<void> {
    await page.getByLabel('Email').fill(email);
    await page.getByLabel('Password').fill(PASSWORD);
  }
}

/** A user who looks at the page, and has another session beside it. */
export class Visitor {
  constructor(
    private readonly api: string,
    readonly page: Page,
    readonly email: string,
    readonly token: string,
  ) {}

  /** Makes a call with the other session, and repeats it after a 503. @param body JSON text, or a value to serialize */
  async call(method: string, path: string, body?: unknown): Promise<Answer> {
    const headers = {
      authorization: `Bearer ${this.token}`,
      'content-type': 'application/json',
      'idempotency-key': randomUUID(),
    };
    const text = typeof body === 'string' ? body : JSON.stringify(body);
    const answer = await served(() => fetch(this.api + path, { method, headers, body: text }));
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`);
    const answered = await answer.text();
    return answered === '' ? undefined : JSON.parse(answered);
  }

  /** Enqueues with the other session. @returns the ID */
  async enqueue(request: object): Promise<string> {
    return (await this.call('POST', '/enqueue', request)).id as string;
  }

  /** Enqueues a request that runs until it is cancelled. */
  endless = () => this.enqueue({ type: 'sleep', payload: { ms: 600_000 }, timeoutMs: 3_600_000 });

  /** Enqueues a request with one attempt, whose outcome the target decides. */
  delivery = (target: StubTarget, more: object = {}) =>
    this.enqueue({ type: 'http', payload: { url: target.url }, maxAttempts: 1, ...more });

  /** Waits until a request has ended. @returns its status */
  async ended(id: string): Promise<string> {
    for (;;) {
      const { status, finishedAt } = await this.call('GET', `/requests/${id}?wait=30`);
      if (finishedAt !== undefined) return status as string;
    }
  }

  /** Loads the page again, with a clock that a test can put forward. */
  async reloadWithClock(): Promise<void> {
    await this.page.clock.install();
    await this.page.reload();
  }

  /** Hides the tab from the page, or shows it again. */
  async hide(isHidden: boolean): Promise<void> {
    await this.page.evaluate(`
      Object.defineProperty(document, 'hidden', { configurable: true, get: () => ${isHidden} });
      document.dispatchEvent(new Event('visibilitychange'));
    `);
  }

  /** Signs out as another tab does it. */
  async signOutElsewhere(): Promise<void> {
    await this.page.evaluate(
      `localStorage.removeItem('turnwise.session'); dispatchEvent(new StorageEvent('storage'))`,
    );
  }

  /** Switches the page to another visitor's session, as another tab does it. */
  async switchTo(other: Visitor): Promise<void> {
    await this.page.evaluate(await other.taking());
    await this.page.evaluate(`dispatchEvent(new StorageEvent('storage'))`);
  }

  /** A script that puts this visitor's session in the place of another one. The page that runs it gets no event. */
  async taking(): Promise<string> {
    const session = await this.page.evaluate<string>(`localStorage.getItem('turnwise.session')`);
    return `localStorage.setItem('turnwise.session', ${JSON.stringify(session)})`;
  }

  /**
   * Holds the page's calls of matching URLs.
   * @param then what becomes of each afterwards; it reaches the service unless said otherwise
   * @param times how many are held; all unless given
   * @returns lets them go
   */
  async hold(
    url: string,
    {
      then = (route) => route.continue(),
      times,
    }: { then?: (route: Route) => Promise<void>; times?: number } = {},
  ): Promise<() => void> {
    let release: () => void = () => undefined;
    const isReleased = new Promise<void>((resolve) => (release = resolve));
    const held = (route: Route) => isReleased.then(() => then(route));
    await this.page.route(url, held, times === undefined ? {} : { times });
    return release;
  }

  async go(link: string): Promise<void> {
    await this.page.evaluate(`location.hash = ${JSON.stringify(link)}`);
  }

  /** @throws Error with what the page shows, if the test has failed: its own error names only what was not there */
  async explainFailure(): Promise<void> {
    if (!(globalThis as { hasTestFailed?: boolean }).hasTestFailed) return;
    throw new Error(`The page showed:\n\n${await this.page.locator('body').ariaSnapshot()}`);
  }
}

/** What the tests of a file share. */
class Visit {
  console!: ConsoleFixture;
  visitor!: Visitor;
}

/** One console for the tests of a file, and for each test a visitor who has just signed up. */
export function useConsole(): Readonly<Visit> {
  const visit = new Visit();
  beforeAll(async () => {
    visit.console = await ConsoleFixture.start();
  });
  beforeEach(async () => {
    visit.visitor = await visit.console.signUp();
  });
  afterEach(async () => {
    try {
      await visit.visitor.explainFailure();
    } finally {
      await visit.visitor.page.context().close();
    }
  });
  afterAll(() => visit.console.stop());
  return visit;
}
