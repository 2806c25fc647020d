import { MINUTE_MS } from '../time/units';

/** Kinds of lines that are counted at once; further ones are written as they come. */
const MOST_KINDS = 500;

/** Writes a line; what it is given stands in it, too. */
type Write = (more: object) => void;

interface Counted {
  times: number;
  /** Of the latest. */
  write: Write;
}

/** Lines that say the same: the first is written at once; those of the minute after it, and of each further one, are one line with their number. */
export class Repeats {
  private readonly kinds = new Map<string, Counted>();

  count(kind: string, write: Write): void {
    const known = this.kinds.get(kind);
    if (known) {
      known.times += 1;
      known.write = write;
      return;
    }
    write({});
    if (this.kinds.size >= MOST_KINDS) return;
    this.kinds.set(kind, { times: 0, write });
    const timer = setInterval(() => {
      if (this.tell(kind)) return;
      this.kinds.delete(kind);
      clearInterval(timer);
    }, MINUTE_MS);
    timer.unref();
  }

  /** Writes what was counted since the last line. */
  flush(): void {
    for (const kind of this.kinds.keys()) this.tell(kind);
  }

  /** @returns whether there was anything to tell */
  private tell(kind: string): boolean {
    const counted = this.kinds.get(kind);
    if (!counted || counted.times === 0) return false;
    counted.write({ times: counted.times });
    counted.times = 0;
    return true;
  }
}
