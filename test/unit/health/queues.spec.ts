import { TerminusModule } from '@nestjs/terminus';
import { Test } from '@nestjs/testing';
import { ClusterGauges, ClusterReading, OpenShards } from '../../../src/events/cluster-gauges';
import { QueuesHealth } from '../../../src/health/queues.health';

class Shards extends ClusterGauges {
  open = 0;
  writable = 0;
  isBlind = false;

  read(): Promise<ClusterReading> {
    throw new Error('not asked');
  }

  async openShards(): Promise<OpenShards> {
    const { isBlind, open, writable } = this;
    return isBlind ? { isBlind, open: 0, writable: 0, of: 5 } : { isBlind, open, writable, of: 5 };
  }
}

let shards: Shards;
let health: QueuesHealth;
beforeEach(async () => {
  shards = new Shards();
  const module = await Test.createTestingModule({
    imports: [TerminusModule.forRoot({ logger: false })],
    providers: [QueuesHealth, { provide: ClusterGauges, useValue: shards }],
  }).compile();
  health = module.get(QueuesHealth);
});

/** @param writable all that are open, if omitted */
async function statusWith(open: number, writable = open): Promise<string | undefined> {
  Object.assign(shards, { open, writable });
  return (await health.check())['queues']?.status;
}

it('the health of the queues needs every shard open at the start, and half of them later', async () => {
  expect(await statusWith(4)).toBe('down');
  expect(await statusWith(5)).toBe('up');
  expect(await statusWith(3)).toBe('degraded');
  expect(await statusWith(2)).toBe('down');
  expect(await statusWith(3)).toBe('degraded');
});

it('the health of the queues is degraded from the start while nodes of less than half of the shards are full', async () => {
  expect(await statusWith(5, 2)).toBe('down');
  expect(await statusWith(5, 3)).toBe('degraded');
  expect(await statusWith(5)).toBe('up');
});

it('the health of the queues is down while the process cannot see their state', async () => {
  expect(await statusWith(5)).toBe('up');
  shards.isBlind = true;
  expect(await statusWith(5)).toBe('down');
});
