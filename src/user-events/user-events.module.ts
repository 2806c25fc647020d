import { Module } from '@nestjs/common';
import { EventStreams } from './event-streams.service';
import { UserEventsController } from './user-events.controller';

/** Streams of users' events. */
@Module({ controllers: [UserEventsController], providers: [EventStreams] })
export class UserEventsModule {}
