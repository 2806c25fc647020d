import { Module } from '@nestjs/common';
import { WebhooksController } from './webhooks.controller';

/** The routes of the users' secrets. */
@Module({ controllers: [WebhooksController] })
export class WebhooksModule {}
