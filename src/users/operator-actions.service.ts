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
 * Operators' actions at a shell, for the log of the service. A command runs outside the service, often in a shell whose
 * output nobody keeps, so its action is stored until a process has logged it.
 */
@Injectable()
export class OperatorActions {
  private readonly log = new EventLog(OperatorActions.name);

  constructor(
    @InjectModel(OperatorAction.name) private readonly actions: Model<OperatorAction>,
    private readonly clock: Clock,
    private readonly shell: ShellSettings,
  ) {}

  /** @param account the user id concerned; undefined if it was the whole installation */
  async note(action: string, account?: string): Promise<void> {
    const doneAt = new Date(this.clock.wall());
    // In a container this is the container's user: only its orchestrator knows who opened a shell there.
    const actor = `${this.shell.sudoUser ?? nameOfUser()}@${hostname()}`;
    await this.actions.create({
      ...{ _id: uuidv7(), action, actor, doneAt },
      ...(account === undefined ? {} : { account }),
    });
  }

  /**
   * Logs each stored action, oldest first. If the process ends in between, or another one calls it too, an action is logged
   * twice rather than never.
   */
  async tell(): Promise<void> {
    for (;;) {
      const oldest = await this.actions.findOne().sort({ _id: 1 }).lean<OperatorAction>();
      if (oldest === null) return;
      const { _id, action, account: userId, actor, doneAt } = oldest;
      this.log.write('operator.action', { action, userId, actor, doneAt: doneAt.toISOString() });
      await this.actions.deleteOne({ _id });
    }
  }
}

function nameOfUser(): string {
  try {
    return userInfo().username;
  } catch {
    return String(process.getuid?.()); // this system has no name for the user
  }
}
