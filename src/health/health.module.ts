import { Module } from '@nestjs/common';
import { TerminusModule } from '@nestjs/terminus';
import { HealthController } from './health.controller';
import { MongoHealth } from './mongo.health';
import { ProcessHealth } from './process.health';
import { RedisHealth } from './redis.health';

@Module({
  // What is down is logged with the answer's problem, once.
  imports: [TerminusModule.forRoot({ logger: false })],
  controllers: [HealthController],
  providers: [MongoHealth, ProcessHealth, RedisHealth],
})
export class HealthModule {}
