import { Module } from '@nestjs/common';
import { MongooseModule } from '@nestjs/mongoose';
import { UsersModule } from '../../users/users.module';
import { PasswordReset, PasswordResetSchema } from './password-reset.schema';
import { PasswordResetsService } from './password-resets.service';

/** Reset links. A module of its own, because the operator's command needs nothing else of `auth`. */
@Module({
  imports: [
    UsersModule,
    MongooseModule.forFeature([{ name: PasswordReset.name, schema: PasswordResetSchema }]),
  ],
  providers: [PasswordResetsService],
  exports: [PasswordResetsService],
})
export class PasswordResetsModule {}
