import { Module } from '@nestjs/common';
import { MongooseModule } from '@nestjs/mongoose';
import { ApiKey, ApiKeySchema } from './api-key.schema';
import { CredentialEnds } from './credential-ends.service';
import { Session, SessionSchema } from './session.schema';

/** Ends credentials. A module of its own, because the operator's commands need nothing else of `auth`. */
@Module({
  imports: [
    MongooseModule.forFeature([
      { name: Session.name, schema: SessionSchema },
      { name: ApiKey.name, schema: ApiKeySchema },
    ]),
  ],
  providers: [CredentialEnds],
  exports: [CredentialEnds],
})
export class CredentialsModule {}
