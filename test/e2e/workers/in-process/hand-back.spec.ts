import { DiscoveryService, ModulesContainer } from '@nestjs/core';
import { HandlerRegistry } from '../../../../src/handlers/handler-registry.service';
import { Lanes } from '../../../../src/workers/in-process/lanes.service';
import { Clock } from '../../../../src/common/time/clock';
import { QueueSettings } from '../../../../src/config/settings';
import { TAKE_NOTHING_BACK } from '../../../../src/queue/scripts/claim';
import { ShardScripts } from '../../../../src/queue/scripts/shard-scripts.service';
import { ProcessStore } from '../../../../src/queue/epochs/process.store';
import { EpochView } from '../../../../src/queue/epochs/epoch-view.service';
import { HandBack } from '../../../../src/workers/turns/hand-back';
import { HeldTurns } from '../../../../src/workers/in-process/held-turns.service';
import { QueueDriver } from '../../../support/queue-driver';
import { QueueFixture, QueueProcess } from '../../../support/queue-fixture';

/** Stands still until a test moves it. */
class ManualClock extends Clock {
  ahead = 0;
  private readonly began = super.monotonic();
  override monotonic(): number {
    return this.began + this.ahead;
  }
}

describe('leases whose reply was lost', () => {
  const LEASE_MS = 60_000;
  let fixture: QueueFixture;
  let one: QueueProcess;
  let clock: ManualClock;
  let turns: HeldTurns;
  let handBack: HandBack;

  beforeEach(async () => {
    fixture = await QueueFixture.start();
    one = await fixture.process();
    clock = new ManualClock();
    const [view, settings] = [one.get(EpochView), one.module.get(QueueSettings)];
    const worker = { concurrency: 8, longShare: 1, targetShare: 1, shutdownGraceMs: 0, lanes: [] };
    const noHandlers = new HandlerRegistry(new DiscoveryService(new ModulesContainer()));
    turns = new HeldTurns(
      view,
      settings,
      worker,
      new Lanes(noHandlers, worker),
      clock,
      one.get(ProcessStore),
    );
    handBack = new HandBack(turns, one.get(ShardScripts), clock);
  });
  afterEach(() => fixture.stop());

  const acceptOne = (userId: string) => new QueueDriver(one, userId).accept(`r-${userId}`);
  const claim = (name: string, shard: number) => {
    const item = { worker: { name, lanes: 'main' }, n: 9, leaseMs: LEASE_MS, cutoff: TAKE_NOTHING_BACK };
    return one.get(ShardScripts).claim(shard, one.get(EpochView).epochOf(shard)!, item);
  };

  it('are handed back once they are unknown for longer than a reply can take, and no other leases are', async () => {
    const shard = one.queues.shardOf('u1');
    const epoch = one.get(EpochView).epochOf(shard)!;
    await acceptOne('u1');
    const sentAt = clock.monotonic();
    const known = await claim(turns.worker, shard);
    const permit = one.queues.permit('u1');
    const turn = turns.begin(known.jobs[0]!, permit, sentAt)!;
    permit.release();
    const other = ['u2', 'u3', 'u4', 'u5', 'u6'].find((user) => one.queues.shardOf(user) === shard)!;
    await acceptOne(other);
    expect((await claim(turns.worker, shard)).jobs).toHaveLength(1); // the reply is lost

    await handBack.runIfDue(shard, epoch); // no reply was reported as lost
    handBack.replyLost(shard);
    await handBack.runIfDue(shard, epoch);
    await handBack.runIfDue(shard, epoch); // too early: the reply may still arrive
    expect((await claim('another', shard)).jobs).toEqual([]);

    clock.ahead += 3000;
    await handBack.runIfDue(shard, epoch);
    expect((await claim('another', shard)).jobs).toMatchObject([{ userId: other, lookUp: 'doubtful' }]);
    turns.end(turn);
  });

  it('are handed back also if the call reaches Redis only after the first look', async () => {
    const shard = one.queues.shardOf('u1');
    const epoch = one.get(EpochView).epochOf(shard)!;
    await acceptOne('u1');
    handBack.replyLost(shard);
    await handBack.runIfDue(shard, epoch); // its connection broke before Redis had read it
    expect((await claim(turns.worker, shard)).jobs).toHaveLength(1);
    for (let looks = 0; looks < 2; looks++) {
      clock.ahead += 3000;
      await handBack.runIfDue(shard, epoch);
    }
    expect((await claim('another', shard)).jobs).toMatchObject([{ userId: 'u1', lookUp: 'doubtful' }]);
  });

  it('leave it to the next worker to look up the attempt that was lost before', async () => {
    const shard = one.queues.shardOf('u1');
    const epoch = one.get(EpochView).epochOf(shard)!;
    await acceptOne('u1');
    const user = new QueueDriver(one, 'u1');
    await user.claim('dead', { leaseMs: 0 });
    await user.claim(turns.worker);
    handBack.replyLost(shard);
    for (let looks = 0; looks < 2; looks++) {
      await handBack.runIfDue(shard, epoch);
      clock.ahead += 3000;
    }
    expect(await user.claim('w2')).toMatchObject({ lookUp: 'taken_back', previous: { worker: 'dead' } });
  });

  it('are handed back also if one call came before the first look, and another after it', async () => {
    const shard = one.queues.shardOf('u1');
    const epoch = one.get(EpochView).epochOf(shard)!;
    const other = ['u2', 'u3', 'u4', 'u5', 'u6'].find((user) => one.queues.shardOf(user) === shard)!;
    await acceptOne('u1');
    await claim(turns.worker, shard);
    handBack.replyLost(shard);
    await handBack.runIfDue(shard, epoch);
    await acceptOne(other);
    await claim(turns.worker, shard);
    for (let looks = 0; looks < 2; looks++) {
      clock.ahead += 3000;
      await handBack.runIfDue(shard, epoch);
    }
    const { jobs } = await claim('another', shard);
    expect(jobs.map(({ userId }) => userId).sort()).toEqual(['u1', other]);
    expect(handBack.lookAt(shard)).toBe(Infinity);
  });

  it('are looked for again if another reply is lost during the last look', async () => {
    const shard = one.queues.shardOf('u1');
    const epoch = one.get(EpochView).epochOf(shard)!;
    handBack.replyLost(shard);
    await handBack.runIfDue(shard, epoch);
    clock.ahead += 3000;
    const lastLook = handBack.runIfDue(shard, epoch);
    handBack.replyLost(shard);
    await lastLook;
    expect(handBack.lookAt(shard)).toBeLessThanOrEqual(clock.monotonic());
  });

  it('are handed back by the next look if one fails', async () => {
    const scripts = one.get(ShardScripts);
    const settle = jest.spyOn(scripts, 'settle').mockRejectedValueOnce(new Error('the connection broke'));
    const shard = one.queues.shardOf('u1');
    const epoch = one.get(EpochView).epochOf(shard)!;
    await acceptOne('u1');
    await claim(turns.worker, shard);
    handBack.replyLost(shard);
    await handBack.runIfDue(shard, epoch);
    clock.ahead += 3000;
    await expect(handBack.runIfDue(shard, epoch)).rejects.toThrow('the connection broke');
    await handBack.runIfDue(shard, epoch);
    expect(settle).toHaveBeenCalledTimes(2);
    expect((await claim('another', shard)).jobs).toMatchObject([{ userId: 'u1' }]);
  });
});
