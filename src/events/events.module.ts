import { Global, Module } from '@nestjs/common';
import { EventBus } from './event-bus';
import { EventLines } from './event-lines.service';

@Global()
@Module({ providers: [EventBus, EventLines], exports: [EventBus] })
export class EventsModule {}
