import { setTimeout as delay } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import { EventLog } from '../common/log/event-log';
import { Clock } from '../common/time/clock';
import { SECOND_MS } from '../common/time/units';
import { DeliverySigner, SignedDelivery } from '../handlers/http/delivery-signer';
import { SecretStore } from './secrets/secret-store.service';
import { signatureHeaders } from './signature';

/** How long secrets are remembered. A delivery that starts later than this after a rotation uses the new secret. */
const REMEMBERED_MS = SECOND_MS / 2;
/** Wait before an unreachable store is read again, ms. */
const AGAIN_MS = SECOND_MS / 2;

/** The secret that the user sees cannot be opened, so no receiver could verify a signature. */
class SecretLost extends Error {}

interface Remembered {
  readonly secrets: Promise<readonly string[]>;
  /** Monotonic time. */
  readonly readAt: number;
}

/**
 * Signs deliveries with the secrets of their user, by Standard Webhooks. Secrets are remembered for half a second: a
 * user with a long queue is read twice a second, not once per delivery, and an idle one costs no memory. (P4)
 *
 * If the store is unreachable, it waits for as long as the attempt may take: the request itself has not failed.
 */
@Injectable()
export class WebhookSigner extends DeliverySigner {
  private readonly log = new EventLog(WebhookSigner.name);
  /** By user, in the order of reading. */
  private readonly remembered = new Map<string, Remembered>();

  constructor(
    private readonly store: SecretStore,
    private readonly clock: Clock,
  ) {
    super();
  }

  async sign({ userId, deliveryId, body }: SignedDelivery, signal: AbortSignal): Promise<string[]> {
    let secrets: readonly string[] | undefined;
    while (secrets === undefined) {
      try {
        secrets = await this.secretsOf(userId);
      } catch (error) {
        if (error instanceof SecretLost) throw error;
        this.log.write('step.failed', { step: 'read webhook secrets', userId, cause: error });
        await delay(AGAIN_MS, undefined, { signal });
      }
    }
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
      this.remembered.delete(userId); // the next delivery reads again
      throw error;
    }
  }

  private async read(userId: string): Promise<readonly string[]> {
    const [current, ...older] = (await this.store.of(userId)).map(({ secret }) => secret);
    if (current === undefined) throw new SecretLost('the webhook secret was sealed under another JWT_SECRET');
    return [current, ...older.filter((secret) => secret !== undefined)];
  }
}
