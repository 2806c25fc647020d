import { Global, Module } from '@nestjs/common';
import { MongooseModule } from '@nestjs/mongoose';
import { DeliverySigner } from '../handlers/http/delivery-signer';
import { SecretSeal } from './secrets/secret-seal';
import { Reseal } from './secrets/reseal.service';
import { SecretStore } from './secrets/secret-store.service';
import { WebhookSecrets, WebhookSecretsSchema } from './secrets/webhook-secrets.schema';
import { WebhookSigner } from './webhook-signer.service';

/** Provides the signer for handlers. Global, because `handlers` imports no other room. */
@Global()
@Module({
  imports: [MongooseModule.forFeature([{ name: WebhookSecrets.name, schema: WebhookSecretsSchema }])],
  providers: [Reseal, SecretSeal, SecretStore, { provide: DeliverySigner, useClass: WebhookSigner }],
  exports: [DeliverySigner, SecretStore],
})
export class SigningModule {}
