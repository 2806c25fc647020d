/** Claim loops on real stores: what they owe the other workers of their shards. */
import { Clock } from '../../../../src/common/time/clock';
import { QueueSettings } from '../../../../src/config/settings';
import { tagOf, workerChannel } from '../../../../src/queue/keys';
import { EpochView } from '../../../../src/queue/epochs/epoch-view.service';
import { ShardScripts } from '../../../../src/queue/scripts/shard-scripts.service';
import { WorkerChannel } from '../../../../src/queue/worker-channel.service';
import { ClaimLoop } from '../../../../src/workers/turns/claim-loop';
import type { Claimant } from '../../../../src/workers/turns/claimant';
import { DueShards } from '../../../../src/workers/turns/due-shards';
import { HandBack, type LostReplies } from '../../../../src/workers/turns/hand-back';
import { ServerClocks } from '../../../../src/workers/turns/server-clock';
import { QueueDriver } from '../../../support/queue-driver';
import { QueueFixture, QueueProcess } from '../../../support/queue-fixture';
import { until } from '../../../support/until';

const LEASE_MS = 60_000;

class AheadClock extends Clock {
  ahead = 0;
  override monotonic(): number {
    return super.monotonic() + this.ahead;
  }
}

/** A worker that only takes what it claims. */
class Slots implements Claimant {
  readonly serving;
  readonly leaseMs = LEASE_MS;
  readonly tokens: ReadonlySet<number> = new Set();

  constructor(
    name: string,
    public free: number,
  ) {
    this.serving = { name, lanes: 'main' };
  }

  take(): void {
    this.free -= 1;
  }

  onFreed(): () => void {
    return () => undefined;
  }
}

let fixture: QueueFixture;
let one: QueueProcess;
let clock: AheadClock;
const loops: ClaimLoop[] = [];

beforeEach(async () => {
  fixture = await QueueFixture.start();
  one = await fixture.process();
  clock = new AheadClock();
});
afterEach(async () => {
  await Promise.all(loops.splice(0).map((each) => each.stop()));
  await fixture.stop();
});

const handBackOf = (slots: Slots) => new HandBack(slots, one.get(ShardScripts), clock);

function start(slots: Slots, handBack: LostReplies = handBackOf(slots)): ClaimLoop {
  const shards = new DueShards(new ServerClocks(one.module.get(QueueSettings)));
  const [scripts, view] = [one.get(ShardScripts), one.get(EpochView)];
  const loop = new ClaimLoop(slots, handBack, scripts, view, shards, clock);
  loops.push(loop);
  loop.start();
  return loop;
}

const isAsleep = async (shard: number, name: string) =>
  (await fixture.redis.client().zscore(`${tagOf(shard)}:asleep`, name)) !== null;

it('a worker passes a wake-up on if it has no room for the user (P5)', async () => {
  const user = new QueueDriver(one, 'u1');
  const shard = one.queues.shardOf(user.userId);
  const woken: string[] = [];
  const listen = async (name: string, wake: () => void) => {
    one.get(WorkerChannel).listen(name, { wake: () => (woken.push(name), wake()), abort: () => undefined });
    await until('the channel is subscribed to', async () => {
      const [, listeners] = await fixture.redis.client().pubsub('NUMSUB', workerChannel(name));
      return Number(listeners) > 0;
    });
  };
  const full = new Slots('w1', 8);
  const loop = start(full);
  await listen('w1', () => loop.wake(shard));
  await listen('w2', () => undefined);
  await until('it has found nothing, and sleeps', () => isAsleep(shard, 'w1'));
  full.free = 0;
  await user.askFor('w2'); // sleeps too, behind the other worker
  await user.accept('r1');
  await until('the next sleeper was woken', () => woken.includes('w2'));
  expect(woken).toEqual(['w1', 'w2']);
});

it('a worker without room hands leases of lost replies back (P5)', async () => {
  const user = new QueueDriver(one, 'u1');
  const shard = one.queues.shardOf(user.userId);
  await user.accept('r1');
  expect(await user.claim('w1')).toBeDefined(); // the reply is lost
  const full = new Slots('w1', 0);
  const handBack = handBackOf(full);
  handBack.replyLost(shard);
  const loop = start(full, handBack);
  await until('it has looked once', () => handBack.lookAt(shard) > clock.monotonic());
  clock.ahead += 3000;
  loop.wake(shard);
  await until('another worker is given the user', async () => (await user.claim('w2')) !== undefined);
});

it('a worker looks for lost replies of a shard while another shard cannot be called (P5)', async () => {
  const looked = new Set<number>();
  const handBack: LostReplies = {
    replyLost: () => undefined,
    lookAt: (shard) => (looked.has(shard) ? Infinity : 0),
    runIfDue: async (shard) => {
      if (shard === first) throw new Error('its server is away');
      looked.add(shard);
    },
  };
  const shards = new DueShards(new ServerClocks(one.module.get(QueueSettings)));
  const first = shards.all[0]!.shard;
  const [scripts, view] = [one.get(ShardScripts), one.get(EpochView)];
  const loop = new ClaimLoop(new Slots('w1', 0), handBack, scripts, view, shards, clock);
  loops.push(loop);
  loop.start();
  await until('it has looked at the other one', () => looked.size > 0);
});
