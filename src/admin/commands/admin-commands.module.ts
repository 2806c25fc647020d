import { DynamicModule, Module } from '@nestjs/common';
import { CredentialsModule } from '../../auth/credentials/credentials.module';
import { PasswordHasher } from '../../auth/passwords/password-hasher';
import { PasswordResetsModule } from '../../auth/passwords/password-resets.module';
import { ClockModule } from '../../common/time/clock.module';
import { MongoModule } from '../../stores/mongo/mongo.module';
import { ConfigModule } from '../../config/config.module';
import type { Settings } from '../../config/settings';
import { UsersModule } from '../../users/users.module';
import { AdminCommands } from './admin-commands';

/** What the commands need, and nothing else: no server, no Redis. */
@Module({})
export class AdminCommandsModule {
  static of(settings: Settings): DynamicModule {
    return {
      module: AdminCommandsModule,
      imports: [
        ConfigModule.of(settings),
        ClockModule,
        MongoModule,
        UsersModule,
        PasswordResetsModule,
        CredentialsModule,
      ],
      providers: [AdminCommands, PasswordHasher],
    };
  }
}
