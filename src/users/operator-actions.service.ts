import { hostname, userInfo } from 'node:os';
import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { Model } from 'mongoose';
import { v7 as uuidv7 } from 'uuid';
import { EventLog } from '../common/log/event-log';
import { Clock } from '../common/time/clock';
import { ShellSettings } from '../config/settings';
import { OperatorAction } from './operator-action.schema';

/**
 * What operators do at a shell, for the log of the service: a command runs beside it, often in a shell whose output nobody keeps.
 * It is on record until a process has written the line.
 */
@Injectable()
export class OperatorActions {
  private readonly log = new EventLog(OperatorActions.name);

  constructor(
    @InjectModel(OperatorAction.name) private readonly actions: Model<OperatorAction>,
    private readonly clock: Clock,
    private readonly shell: ShellSettings,
  ) {}

  /** @param account the user id that it was about; undefined if it was about the whole installation */
  async note(action: string, account?: string): Promise<void> {
    const doneAt = new Date(this.clock.wall());
    // In a container its own user: who opened a shell there, its orchestrator knows.
    const actor = `${this.shell.sudoUser ?? nameOfUser()}@${hostname()}`;
    await this.actions.create({
      ...{ _id: uuidv7(), action, actor, doneAt },
      ...(account === undefined ? {} : { account }),
    });
  }

  /** Writes a line for each that is on record, the oldest first; of several processes one writes it. */
  async tell(): Promise<void> {
    for (;;) {
      const oldest = await this.actions.findOneAndDelete({}, { sort: { _id: 1 } }).lean<OperatorAction>();
      if (oldest === null) return;
      const { action, account: userId, actor, doneAt } = oldest;
      this.log.write('operator.action', { action, userId, actor, doneAt: doneAt.toISOString() });
    }
  }
}

function nameOfUser(): string {
  try {
    return userInfo().username;
  } catch {
    return String(process.getuid?.()); // a user whom this system has no name of
  }
}
