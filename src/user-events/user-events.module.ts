import { Module } from '@nestjs/common';
import { EventStreams } from './event-streams.service';
import { StreamsController } from './user-events.controller';

/** Streams of users' events. */
@Module({ controllers: [StreamsController], providers: [EventStreams] })
export class StreamsModule {}
