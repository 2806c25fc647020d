import { Injectable } from '@nestjs/common';
import { Clock } from '../common/clock';
import { DeliverySigner, SignedDelivery } from '../handlers/http/delivery-signer';
import { SecretStore } from './secrets/secret-store.service';
import { signatureHeaders } from './signature';

/** Signs deliveries with the secrets of their user, as Standard Webhooks says. */
@Injectable()
export class WebhookSigner extends DeliverySigner {
  constructor(
    private readonly secrets: SecretStore,
    private readonly clock: Clock,
  ) {
    super();
  }

  async sign({ userId, deliveryId, body }: SignedDelivery): Promise<string[]> {
    const [current, ...older] = (await this.secrets.of(userId)).map(({ secret }) => secret);
    // Without the secret that the user sees, no receiver could be told what to expect.
    if (current === undefined) throw new Error('the webhook secret was sealed under another JWT_SECRET');
    const known = [current, ...older.filter((secret) => secret !== undefined)];
    return signatureHeaders(deliveryId, this.clock.wall(), body, known);
  }
}
