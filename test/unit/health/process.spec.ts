import { TerminusModule } from '@nestjs/terminus';
import { Test } from '@nestjs/testing';
import { ShutdownModule } from '../../../src/common/shutdown.module';
import { ClusterGauges, ClusterReading } from '../../../src/events/cluster-gauges';
import { ProcessHealth } from '../../../src/health/process.health';

class Shards extends ClusterGauges {
  areOpen = false;

  async read(): Promise<ClusterReading> {
    if (!this.areOpen) throw new Error('a shard is closed');
    return { pendingUsers: 0, leasedUsers: 0, oldestDueSeconds: 0 };
  }
}

it('is up when every shard has answered once, and stays so when one is closed later', async () => {
  const shards = new Shards();
  const module = await Test.createTestingModule({
    imports: [TerminusModule.forRoot({ logger: false }), ShutdownModule],
    providers: [ProcessHealth, { provide: ClusterGauges, useValue: shards }],
  }).compile();
  const health = module.get(ProcessHealth);
  const status = async () => (await health.check())['process']?.status;

  expect(await status()).toBe('down');
  shards.areOpen = true;
  expect(await status()).toBe('up');
  shards.areOpen = false;
  expect(await status()).toBe('up');
});
