import { inspect } from 'node:util';
import type { AttemptNotes, LogLine, Progress } from '../../journal/attempt-notes';

/** Most lines kept of an attempt, and most characters of a line. */
const MAX_LINES = 20;
const MAX_TEXT = 500;

/** Collects the notes of one attempt. However many there are, only the latest lines are kept. */
export class AttemptNotesBuffer {
  private progress: Progress | undefined;
  private lines: LogLine[] = [];
  private open = true;

  /**
   * @param now the shard's time, ms
   * @param changed called at each change while the attempt runs
   */
  constructor(
    private readonly now: () => number,
    private readonly changed: () => void,
  ) {}

  /** @param done from 0 to 1; anything that is not a number is ignored */
  tellProgress(done: number, text?: string): void {
    if (!this.open || typeof done !== 'number' || Number.isNaN(done)) return;
    this.progress = {
      done: Math.min(Math.max(done, 0), 1),
      ...(text === undefined ? {} : { text: textOf(text) }),
      at: new Date(this.now()),
    };
    this.changed();
  }

  tellLine(level: LogLine['level'], message: unknown): void {
    if (!this.open) return;
    this.lines.push({ at: new Date(this.now()), level, text: textOf(message) });
    if (this.lines.length > MAX_LINES) this.lines.shift();
    this.changed();
  }

  /** Replaces all notes by those of another buffer. */
  replace({ progress, log = [] }: AttemptNotes): void {
    if (!this.open) return;
    this.progress = progress;
    this.lines = [...log];
    this.changed();
  }

  /** Accepts no more notes: the attempt has ended. */
  close(): void {
    this.open = false;
  }

  get notes(): AttemptNotes {
    return {
      ...(this.progress === undefined ? {} : { progress: this.progress }),
      ...(this.lines.length === 0 ? {} : { log: [...this.lines] }),
    };
  }
}

function textOf(message: unknown): string {
  const text = typeof message === 'string' ? message : inspect(message, { depth: 3, breakLength: Infinity });
  return text.length <= MAX_TEXT ? text : `${text.slice(0, MAX_TEXT - 3)}...`;
}
