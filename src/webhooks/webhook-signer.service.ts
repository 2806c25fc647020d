import { Injectable } from '@nestjs/common';
import { Clock } from '../common/clock';
import { SECOND_MS } from '../common/time';
import { DeliverySigner, SignedDelivery } from '../handlers/http/delivery-signer';
import { SecretStore } from './secrets/secret-store.service';
import { signatureHeaders } from './signature';

/** A rotation counts in every delivery that begins later than this after it. */
const REMEMBERED_MS = SECOND_MS / 2;

interface Remembered {
  readonly secrets: Promise<readonly string[]>;
  /** Monotonic time. */
  readonly readAt: number;
}

/**
 * Signs deliveries with the secrets of their user, as Standard Webhooks says. Secrets are remembered for half a second: a
 * user with a long queue is read twice a second, not once a delivery, and an idle one costs no memory. (P4)
 */
@Injectable()
export class WebhookSigner extends DeliverySigner {
  /** By user, in the order in which they were read. */
  private readonly remembered = new Map<string, Remembered>();

  constructor(
    private readonly store: SecretStore,
    private readonly clock: Clock,
  ) {
    super();
  }

  async sign({ userId, deliveryId, body }: SignedDelivery): Promise<string[]> {
    const secrets = await this.secretsOf(userId);
    return signatureHeaders(deliveryId, this.clock.wall(), body, secrets);
  }

  private async secretsOf(userId: string): Promise<readonly string[]> {
    const now = this.clock.monotonic();
    for (const [user, { readAt }] of this.remembered) {
      if (now - readAt < REMEMBERED_MS) break;
      this.remembered.delete(user);
    }
    const known = this.remembered.get(userId) ?? { secrets: this.read(userId), readAt: now };
    this.remembered.set(userId, known);
    try {
      return await known.secrets;
    } catch (error) {
      this.remembered.delete(userId); // the next one asks again
      throw error;
    }
  }

  private async read(userId: string): Promise<readonly string[]> {
    const [current, ...older] = (await this.store.of(userId)).map(({ secret }) => secret);
    // Without the secret that the user sees, no receiver could be told what to expect.
    if (current === undefined) throw new Error('the webhook secret was sealed under another JWT_SECRET');
    return [current, ...older.filter((secret) => secret !== undefined)];
  }
}
