import { Global, Module } from '@nestjs/common';
import { TerminusModule } from '@nestjs/terminus';
import { Readiness } from '../events/readiness';
import { HealthController } from './health.controller';
import { MongoHealth } from './mongo.health';
import { ProcessHealth } from './process.health';
import { QueuesHealth } from './queues.health';
import { ReadinessCheck } from './readiness-check.service';
import { RedisHealth } from './redis.health';

@Global()
@Module({
  // ReadinessCheck logs which parts are down, once per change.
  imports: [TerminusModule.forRoot({ logger: false })],
  controllers: [HealthController],
  providers: [
    MongoHealth,
    ProcessHealth,
    QueuesHealth,
    RedisHealth,
    ReadinessCheck,
    { provide: Readiness, useExisting: ReadinessCheck },
  ],
  exports: [Readiness],
})
export class HealthModule {}
