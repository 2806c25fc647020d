import { MINUTE_MS } from '../time/units';

/** Most kinds of lines that are counted at the same time. Lines of further kinds are written as they come. */
const MOST_KINDS = 500;

/** Writes a line, with the given fields in addition. */
type Write = (more: object) => void;

interface Counted {
  times: number;
  /** The latest line. */
  write: Write;
}

/** Counts equal lines: writes the first at once, then one line a minute with the number of those that followed. */
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

  /** @returns whether anything was counted */
  private tell(kind: string): boolean {
    const counted = this.kinds.get(kind);
    if (!counted || counted.times === 0) return false;
    counted.write({ times: counted.times });
    counted.times = 0;
    return true;
  }
}
