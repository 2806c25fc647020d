import { Module } from '@nestjs/common';
import { HandlersModule } from '../../../handlers/handlers.module';
import { IsolatedRunner } from './isolated-runner.service';

/** What an isolated process needs: handlers, and no queue. */
@Module({ imports: [HandlersModule], providers: [IsolatedRunner] })
export class IsolatedModule {}
