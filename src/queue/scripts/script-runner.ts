import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Injectable } from '@nestjs/common';
import { RedisConnection } from '../../stores/redis/redis-connection';
import { scriptKeys, tagOf } from '../keys';
import { EpochStore } from '../epochs/epoch.store';

export type ScriptName =
  | 'hold'
  | 'confirm'
  | 'claim'
  | 'renew'
  | 'extend'
  | 'settle'
  | 'cancel'
  | 'begin_rebuild'
  | 'restore'
  | 'open_shard'
  | 'sweep'
  | 'list_leases'
  | 'find_faults'
  | 'recreate_jobs'
  | 'mend'
  | 'end_backoff'
  | 'apply_settings'
  | 'lift_halt'
  | 'restore_control'
  | 'list_stopped'
  | 'begin_purge'
  | 'emit'
  | 'listen'
  | 'forget_user'
  | 'probe'
  | 'snapshot'
  | 'count_leases'
  | 'list_waiting'
  | 'stuck'
  | 'check_invariants'
  | 'why_closed';

/** The shard was not opened for the caller's epoch, or not on this server history. Nothing was done. */
export class ShardClosed extends Error {
  constructor(
    readonly shard: number,
    readonly epoch: number,
  ) {
    super(`shard ${shard} is closed for epoch ${epoch}`);
  }
}

/** Redis serves another installation. Nothing was done, and nothing may be. */
export class ForeignShard extends Error {
  constructor(readonly installation: string) {
    super(`Redis serves another installation, ${installation}`);
  }
}

/** The arguments of a script after the keys. */
export type Args = readonly (string | number)[];

export type Command = (...args: Args) => Promise<unknown>;

/**
 * Loads `lua/*.lua` and runs the scripts by digest (ioredis sends them to a node that does not know them, also in
 * Cluster). A lost script cache means nothing: only the gate decides whether the shard is the one that was opened.
 */
@Injectable()
export class ScriptRunner {
  private readonly commands: Readonly<Record<ScriptName, Command>>;

  constructor(
    redis: RedisConnection,
    private readonly epochs: EpochStore,
  ) {
    this.commands = defineScripts(redis.client, loadScripts());
  }

  /**
   * Runs a script on a shard for an epoch of this installation.
   * @throws ShardClosed when the gate refused it, ForeignShard when the shard is another installation's, both with no
   * effect; any other error leaves the outcome unknown
   */
  async run(name: ScriptName, shard: number, epoch: number, args: Args): Promise<unknown> {
    const reply = await this.commands[name](
      ...scriptKeys(shard),
      epochOf(epoch, this.epochs.installation),
      tagOf(shard),
      ...args,
    );
    if (reply === 'CLOSED') throw new ShardClosed(shard, epoch);
    if (typeof reply === 'string' && reply.startsWith(FOREIGN))
      throw new ForeignShard(reply.slice(FOREIGN.length));
    return reply;
  }
}

const FOREIGN = 'FOREIGN ';

/** An epoch for the scripts: one of another installation is another epoch. */
export const epochOf = (epoch: number, installation: string): string => `${epoch} ${installation}`;

/** Registers the scripts on a connection. */
export function defineScripts(
  connection: RedisConnection['client'],
  scripts: Iterable<readonly [ScriptName, string]>,
): Record<ScriptName, Command> {
  const client = connection as unknown as Record<string, Command> & typeof connection;
  const commands: Partial<Record<ScriptName, Command>> = {};
  for (const [name, lua] of scripts) {
    client.defineCommand(`turnwise:${name}`, { numberOfKeys: 2, lua });
    commands[name] = (...args) => client[`turnwise:${name}`]!(...args);
  }
  return commands as Record<ScriptName, Command>;
}

/** The parts of a script besides the prelude. */
const PARTS: Partial<Record<ScriptName, readonly string[]>> = {
  claim: ['_lease_head'],
  settle: ['_lease_head', '_halt', '_ahead', '_place'],
  apply_settings: ['_settings'],
  restore_control: ['_settings', '_halt'],
  hold: ['_ahead', '_place'],
  restore: ['_ahead', '_place', '_recreate_job'],
  recreate_jobs: ['_recreate_job'],
  find_faults: ['_ahead'],
  mend: ['_ahead', '_place', '_settings', '_halt'],
  snapshot: ['_ahead'],
  list_waiting: ['_ahead'],
};

/** Only hold may be refused when Redis is out of memory. Refusing the others would stop accepted requests. (P3) */
const REFUSED_WHEN_FULL: readonly string[] = ['hold'];

/** The scripts by their names, each as it is sent. */
export function* loadScripts(): Iterable<[ScriptName, string]> {
  const folder = join(__dirname, '..', 'lua');
  const read = (name: string) => readFileSync(join(folder, `${name}.lua`), 'utf8');
  for (const file of readdirSync(folder)) {
    if (file.startsWith('_') || !file.endsWith('.lua')) continue;
    const name = file.slice(0, -'.lua'.length) as ScriptName;
    const flags = REFUSED_WHEN_FULL.includes(name) ? '' : ' flags=allow-oom';
    yield [name, [`#!lua${flags}`, ...['_prelude', ...(PARTS[name] ?? []), name].map(read)].join('\n')];
  }
}
