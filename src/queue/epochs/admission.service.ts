import { setTimeout as delay } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import { InjectConnection } from '@nestjs/mongoose';
import { Connection } from 'mongoose';
import { EventLog } from '../../common/log/event-log';
import { SECOND_MS } from '../../common/time/units';
import { contradictions } from '../../config/durations';
import { secretsContradict } from '../../config/fingerprint';
import { InvalidEnvironment } from '../../config/env';
import { QueueSettings } from '../../config/settings';
import { Layouts, newestCommon } from './layouts';
import { MIGRATIONS, SCHEMA } from './migrations';
import { ListedProcess, ProcessStore } from './process.store';
import { ProcessWatch, WatchedProcess } from './process-watch.service';
import { mustHaveShards, UnknownLayout } from './epoch-document';
import { EpochStore } from './epoch.store';

/** How often the list is read while a start waits for other processes. */
const LOOK_EVERY_MS = SECOND_MS / 4;

/**
 * Whether this process may serve together with the listed ones: the same number of shards, and compatible layouts of
 * Redis, schemas of MongoDB, durations and secrets. If it cannot serve this database at all, it does not start and says
 * why (exit 78). If it may not serve together with a listed process, it waits until that one is gone. (P1)
 */
@Injectable()
export class Admission {
  private readonly log = new EventLog(Admission.name);

  constructor(
    @InjectConnection() private readonly connection: Connection,
    private readonly store: EpochStore,
    private readonly processes: ProcessStore,
    private readonly watch: ProcessWatch,
    private readonly settings: QueueSettings,
    private readonly layouts: Layouts,
  ) {}

  /**
   * Call before this process has a view; it is listed when this resolves.
   * @throws InvalidEnvironment when it cannot serve this database, or not together with the listed processes
   */
  async enter(): Promise<void> {
    await this.store.ensure();
    const view = await this.store.readAny();
    mustHaveShards(view, this.settings.shards);
    const { schema } = view;
    if (schema > SCHEMA)
      throw new InvalidEnvironment(
        `This database has schema ${schema}, which this version of Turnwise does not know (its newest is ${SCHEMA}): ` +
          `start the version that the other processes have (docs/operations.md, Upgrading).`,
      );
    await this.enterLayout();
    await this.migrate(schema);
    await this.processes.beat({}, 0);
    try {
      await this.compareSettings();
    } catch (error) {
      await this.processes.leave();
      throw error;
    }
  }

  /** Puts a newer layout in force once every live process knows it. */
  async raiseLayout(layout: number, listed: readonly WatchedProcess[]): Promise<void> {
    const known = listed.filter(({ isSilent }) => !isSilent).map(({ layouts }) => layouts);
    const newest = newestCommon([this.layouts, ...known]);
    if (newest > layout && (await this.store.raiseLayout(layout, newest)))
      this.log.write('layout.raised', { layout: newest });
  }

  /** Waits while live processes cannot work in any layout that this one can. */
  private async enterLayout(): Promise<void> {
    for (let said = ''; ; await delay(LOOK_EVERY_MS)) {
      const { layout } = await this.store.readAny();
      if (layout > this.layouts.max) throw new UnknownLayout(layout, this.layouts.max);
      if (layout >= this.layouts.min) return;
      const listed = await this.watch.list();
      const older = listed.filter(({ isSilent, layouts }) => !isSilent && layouts.max < this.layouts.min);
      if (older.length === 0) await this.raiseLayout(layout, listed);
      else if (namesOf(older) !== said) {
        said = namesOf(older);
        this.log.write('process.layout_unknown', { processes: said });
      }
    }
  }

  private async migrate(schema: number): Promise<void> {
    for (const { to, what, run } of MIGRATIONS) {
      if (to <= schema) continue;
      await run(this.connection.db!);
      await this.store.raiseSchema(to);
      this.log.write('schema.raised', { schema: to, action: what });
    }
  }

  /** A dead process with other settings is no reason to refuse: it shows no sign of life while this one watches. */
  private async compareSettings(): Promise<void> {
    const first = new Map<string, number>();
    for (let said = ''; ; await delay(LOOK_EVERY_MS)) {
      const unlike = (await this.watch.list()).filter(
        (each) => each._id !== this.processes.id && !each.isSilent && this.against(each).length > 0,
      );
      if (unlike.length === 0) return;
      for (const process of unlike) {
        const { _id, host, heartbeatAt } = process;
        const beat = first.get(_id) ?? heartbeatAt.getTime();
        first.set(_id, beat);
        if (beat === heartbeatAt.getTime()) continue;
        throw new InvalidEnvironment(
          [...this.against(process), `So says process ${_id} on ${host}, which is running.`].join('\n'),
        );
      }
      if (namesOf(unlike) === said) continue;
      said = namesOf(unlike);
      this.log.write('process.settings_differ', { processes: said });
    }
  }

  /** Why this process may not serve together with the other: one sentence per reason. */
  private against({ durations, secrets }: ListedProcess): string[] {
    const ours = this.processes.secrets;
    return [
      ...contradictions(this.settings, durations),
      ...(secrets ? secretsContradict(ours, secrets) : []),
    ];
  }
}

const namesOf = (processes: readonly ListedProcess[]) =>
  processes.map(({ _id, role, host }) => `${role} process ${_id} on ${host}`).join('; ');
