import { setTimeout as delay } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import { SECOND_MS } from '../../common/time/units';
import { recoveryWaitMs } from '../../config/durations';
import { ShardMoves } from '../../journal/shard-moves';
import { EpochStore } from '../../queue/epochs/epoch.store';
import { LAYOUTS } from '../../queue/epochs/layouts';
import { SCHEMA } from '../../queue/epochs/migrations';
import { ListedProcess, ProcessStore } from '../../queue/epochs/process.store';
import { ProcessWatch } from '../../queue/epochs/process-watch.service';
import { ShardChangeStore } from '../../queue/epochs/shard-change.store';
import { allShards, shardOf } from '../../queue/keys';
import { RedisOwner } from '../../queue/recovery/foreign-redis';
import { ShardSweep } from '../../queue/recovery/shard-sweep';
import { RedisConnection } from '../../stores/redis/redis-connection';
import { OperatorActions } from '../../users/operator-actions.service';
import { CommandFailed } from './admin-commands';

/** How often the list of processes is read while waiting for silent ones. */
const LOOK_EVERY_MS = SECOND_MS / 4;
const MOST_SHARDS = 1024;

/**
 * Changes the number of shards while no process serves. It closes the installation, moves every user's documents to
 * their shard of the new number, empties Redis, and opens the installation with epochs above all earlier ones. The
 * first process that starts rebuilds every shard from MongoDB, as after a loss of Redis. Each step may be repeated: run
 * an interrupted change again.
 */
@Injectable()
export class ChangeShards {
  constructor(
    private readonly redis: RedisConnection,
    private readonly epochs: EpochStore,
    private readonly processes: ProcessStore,
    private readonly watch: ProcessWatch,
    private readonly change: ShardChangeStore,
    private readonly owner: RedisOwner,
    private readonly moves: ShardMoves,
    private readonly sweep: ShardSweep,
    private readonly actions: OperatorActions,
  ) {}

  /**
   * @param say called with what the command waits for
   * @returns what was done, in a text
   * @throws CommandFailed when the change is not possible, or not now; InvalidEnvironment when Redis is not this
   * installation's
   */
  async run(to: number, say: (line: string) => void): Promise<string> {
    if (!Number.isInteger(to) || to < 1 || to > MOST_SHARDS)
      throw new CommandFailed(`--to must be a whole number from 1 to ${MOST_SHARDS}.`);
    const { shards, layout, schema, changingTo } = await this.epochs.readAny();
    if (layout !== LAYOUTS.max || schema !== SCHEMA)
      throw new CommandFailed(
        'The database belongs to another version. Start the processes of this version once first.',
      );
    if (shards === to && changingTo === undefined) return `This database already has ${to} shards.`;
    if (this.redis.client.status !== 'ready')
      throw new CommandFailed(
        'Redis cannot be reached: is REDIS_URL right? Redis may be empty, but must be running.',
      );
    await this.epochs.ensure();
    await this.owner.mustBeUs(allShards(shards));
    await this.whenNobodyServes(say, refuse);
    if (!(await this.change.begin(to)))
      throw new CommandFailed(
        'Another such command is running, or stopped unfinished less than a minute ago. Wait a minute.',
      );
    // A process that started meanwhile ends as soon as it sees the change. It may have raised epochs, and given out tokens of them.
    await this.whenNobodyServes(say, () => undefined);
    const { shards: from, epochs } = await this.epochs.readAny();
    const extend = () => this.change.extend();
    const requests = await this.moves.run((userId) => shardOf(userId, to), extend);
    const epoch = Math.max(...Object.values(epochs)) + 1;
    const keys = await this.sweep.run(from, epoch, extend);
    // Before the end: an interrupted command runs again, and logs this twice rather than never.
    await this.actions.note(`shards --to ${to}`);
    await this.change.end(to, epoch);
    return [
      `This database now has ${to} shards instead of ${from}: ${requests} requests were moved, ${keys} keys were removed from Redis.`,
      `Set QUEUE_SHARDS=${to} for every process, then start them.`,
    ].join('\n');
  }

  /**
   * Waits until the list of processes is empty. A process whose heartbeat does not change for its RECOVERY_WAIT is
   * dead and is removed. (P1)
   */
  private async whenNobodyServes(say: (line: string) => void, onAlive: (process: ListedProcess) => void) {
    const first = new Map<string, number>();
    for (; ; await delay(LOOK_EVERY_MS)) {
      const listed = await this.watch.list();
      await Promise.all(listed.filter(({ isSilent }) => isSilent).map((dead) => this.processes.remove(dead)));
      const left = listed.filter(({ isSilent }) => !isSilent);
      if (left.length === 0) return;
      for (const process of left) {
        const beat = process.heartbeatAt.getTime();
        const seconds = Math.ceil(recoveryWaitMs(process.durations) / SECOND_MS);
        if (!first.has(process._id))
          say(`Waiting up to ${seconds} s to see whether ${nameOf(process)} is alive.`);
        else if (first.get(process._id) !== beat) onAlive(process);
        first.set(process._id, beat);
      }
    }
  }
}

const nameOf = ({ _id, role, host }: ListedProcess) => `${role} process ${_id} on ${host}`;

function refuse(process: ListedProcess): never {
  throw new CommandFailed(`${nameOf(process)} is running: stop every process first.`);
}
