import { TcpProxy } from '../support/tcp-proxy';

/** What can happen to the connection to a store. */
export type Way = Pick<TcpProxy, 'cut' | 'silence' | 'mute' | 'slow' | 'reset' | 'mend' | 'stop'>;

/** The connections of one process to all members of a store, disturbed and repaired together. */
export class Ways implements Way {
  private constructor(private readonly each: readonly TcpProxy[]) {}

  static async start(targets: readonly number[]): Promise<Ways> {
    return new Ways(await Promise.all(targets.map((target) => TcpProxy.start(target))));
  }

  get ports(): number[] {
    return this.each.map(({ port }) => port);
  }

  cut(): void {
    for (const way of this.each) way.cut();
  }

  silence(): void {
    for (const way of this.each) way.silence();
  }

  mute(): void {
    for (const way of this.each) way.mute();
  }

  slow(ms: number): void {
    for (const way of this.each) way.slow(ms);
  }

  reset(): void {
    for (const way of this.each) way.reset();
  }

  mend(): void {
    for (const way of this.each) way.mend();
  }

  async stop(): Promise<void> {
    await Promise.all(this.each.map((way) => way.stop()));
  }
}
