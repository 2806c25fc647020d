import { Module } from '@nestjs/common';
import { UsersModule } from '../users/users.module';
import { AccountSecrets } from './account-secrets.service';
import { WebhooksController } from './webhooks.controller';

/** The routes of the users' secrets. */
@Module({ imports: [UsersModule], controllers: [WebhooksController], providers: [AccountSecrets] })
export class WebhooksModule {}
