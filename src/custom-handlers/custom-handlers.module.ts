import { Module } from '@nestjs/common';

/** The place for handlers of your own (docs/handlers.md): classes with `@RequestHandler`, and what they need. */
@Module({ imports: [], providers: [] })
export class CustomHandlersModule {}
