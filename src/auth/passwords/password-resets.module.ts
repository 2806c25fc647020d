import { Module } from '@nestjs/common';
import { MongooseModule } from '@nestjs/mongoose';
import { UsersModule } from '../../users/users.module';
import { PasswordReset, PasswordResetSchema } from './password-reset.schema';
import { PasswordResetsService } from './password-resets.service';

/** The links to new passwords: the operator's command makes them without the rest of this room. */
@Module({
  imports: [
    UsersModule,
    MongooseModule.forFeature([{ name: PasswordReset.name, schema: PasswordResetSchema }]),
  ],
  providers: [PasswordResetsService],
  exports: [PasswordResetsService],
})
export class PasswordResetsModule {}
