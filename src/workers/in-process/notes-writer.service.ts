import { Injectable, OnApplicationShutdown } from '@nestjs/common';
import { EventLog } from '../../common/log/event-log';
import { SECOND_MS } from '../../common/time/units';
import { UserEvents } from '../../queue/user-events.service';
import type { LiveNotesWrite } from '../../journal/live-notes.service';
import { LiveNotesStore } from '../../journal/live-notes.service';

/** How often notes are written, ms, all in one call. An attempt without notes costs nothing. */
const FLUSH_MS = SECOND_MS / 2;
/** Most lines in an event; the request itself shows more. */
const LINES_TOLD = 3;

/** Writes the notes of running attempts. Nothing waits for it, and a failed write is not repeated. */
@Injectable()
export class NotesWriter implements OnApplicationShutdown {
  private readonly log = new EventLog(NotesWriter.name);
  private readonly changed = new Map<object, () => LiveNotesWrite>();
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly store: LiveNotesStore,
    private readonly events: UserEvents,
  ) {}

  /** An attempt has new notes. @param latest reads its notes when they are written */
  touch(attempt: object, latest: () => LiveNotesWrite): void {
    this.changed.set(attempt, latest);
    this.timer ??= setTimeout(() => void this.runOnce(), FLUSH_MS);
  }

  /** The attempt has ended. Its notes go with its outcome. */
  forget(attempt: object): void {
    this.changed.delete(attempt);
  }

  async runOnce(): Promise<void> {
    const writes = [...this.changed.values()].map((latest) => latest());
    this.changed.clear();
    try {
      if (writes.length > 0) await this.store.write(writes);
      await Promise.all(writes.map((write) => this.tell(write)));
    } catch (cause) {
      this.log.write('step.failed', { step: 'write notes of attempts', cause });
    }
    this.timer = this.changed.size === 0 ? undefined : setTimeout(() => void this.runOnce(), FLUSH_MS);
  }

  private async tell({
    userId,
    requestId,
    notes: { attempt, progress, log },
  }: LiveNotesWrite): Promise<void> {
    const latest = { attempt, progress, log: log?.slice(-LINES_TOLD) };
    await this.events.tell(userId, 'request.progress', requestId, latest);
  }

  onApplicationShutdown(): void {
    clearTimeout(this.timer);
    this.changed.clear();
  }
}
