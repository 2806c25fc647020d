import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { Collection } from 'mongodb';
import type { Model } from 'mongoose';
import { Clock } from '../../common/time/clock';
import { Coalescer } from '../../common/flow/coalescer';
import { DAY_MS } from '../../common/time/units';
import { readOptions } from '../../stores/mongo/coalesced-find';
import { collectionOf } from '../../stores/mongo/collection-of';
import { newSecret } from '../signature';
import { SecretSeal } from './secret-seal';
import { StoredSecret, WebhookSecrets } from './webhook-secrets.schema';

/** How long a replaced secret still signs, together with its successors. */
const OVERLAP_MS = DAY_MS;
/** Most secrets kept of one user. With another rotation within a day, the oldest stops signing early. */
const MOST_KEPT = 5;

/** A user's secret, opened. */
export interface OpenSecret extends StoredSecret {
  /** `whsec_...`; undefined if it was sealed under an unknown JWT_SECRET. */
  readonly secret: string | undefined;
}

/** The users' secrets in MongoDB. Not cached here: waiting reads share one call. */
@Injectable()
export class SecretStore {
  private readonly collection: Collection<WebhookSecrets>;
  private isClosing = false;
  private readonly reads = new Coalescer<string, readonly OpenSecret[]>({
    maxBatch: 500,
    maxInFlight: 1,
    run: (userIds) => this.readAll(userIds),
  });

  constructor(
    @InjectModel(WebhookSecrets.name) model: Model<WebhookSecrets>,
    private readonly seal: SecretSeal,
    private readonly clock: Clock,
  ) {
    this.collection = collectionOf(model);
  }

  /** The secrets that sign now, newest first. Creates the first one if there is none yet. */
  async of(userId: string): Promise<readonly OpenSecret[]> {
    return this.reads.push(userId);
  }

  /** Adds a new secret before the user's others, which sign for another day. */
  async rotate(userId: string): Promise<void> {
    await this.of(userId); // creates a secret to replace, if there is none
    const next = this.fresh(userId);
    const until = new Date(next.createdAt.getTime() + OVERLAP_MS);
    const older = {
      $map: {
        input: '$secrets',
        in: { $mergeObjects: ['$$this', { signsUntil: { $ifNull: ['$$this.signsUntil', until] } }] },
      },
    };
    const secrets = { $slice: [{ $concatArrays: [[{ $literal: next }], older] }, MOST_KEPT] };
    await this.collection.updateOne({ _id: userId }, [{ $set: { secrets } }]);
  }

  /** Removes the secrets of an erased user. */
  async remove(userId: string): Promise<void> {
    await this.collection.deleteOne({ _id: userId });
  }

  /**
   * Seals under the first secret of JWT_SECRET everything that was sealed under another. @returns how many secrets that
   * were
   */
  async resealAll(): Promise<number> {
    let resealed = 0;
    for await (const { _id, secrets } of this.collection.find({}, { projection: { secrets: 1 } })) {
      for (const { sealed } of secrets) {
        if (this.isClosing) return resealed;
        const resealedSecret = this.seal.resealed(sealed, _id);
        if (resealedSecret === undefined) continue;
        const stored = { _id, 'secrets.sealed': sealed };
        const { modifiedCount } = await this.collection.updateOne(stored, {
          $set: { 'secrets.$.sealed': resealedSecret },
        });
        resealed += modifiedCount;
      }
    }
    return resealed;
  }

  /** Stops at the end of the process: another process does the rest. */
  stopResealing(): void {
    this.isClosing = true;
  }

  private async readAll(userIds: readonly string[]): Promise<(readonly OpenSecret[])[]> {
    const wanted = [...new Set(userIds)];
    let found = await this.find(wanted);
    const missing = wanted.filter((userId) => !found.has(userId));
    if (missing.length > 0) {
      await this.create(missing);
      found = new Map([...found, ...(await this.find(missing))]);
    }
    const now = this.clock.wall();
    const opened = new Map([...found].map(([userId, stored]) => [userId, this.open(userId, stored, now)]));
    return userIds.map((userId) => opened.get(userId) ?? []);
  }

  private async find(userIds: string[]): Promise<Map<string, StoredSecret[]>> {
    const documents = await this.collection
      .find({ _id: { $in: userIds } }, { readConcern: { level: 'majority' }, ...readOptions() })
      .toArray();
    return new Map(documents.map(({ _id, secrets }) => [_id, secrets]));
  }

  /** The first call creates the secret; the others find it. */
  private async create(userIds: readonly string[]): Promise<void> {
    await this.collection.bulkWrite(
      userIds.map((userId) => ({
        updateOne: {
          filter: { _id: userId },
          update: { $setOnInsert: { secrets: [this.fresh(userId)] } },
          upsert: true,
        },
      })),
      { ordered: false },
    );
  }

  private fresh(userId: string): StoredSecret {
    return { sealed: this.seal.close(newSecret(), userId), createdAt: new Date(this.clock.wall()) };
  }

  private open(userId: string, stored: readonly StoredSecret[], now: number): OpenSecret[] {
    return stored
      .filter(({ signsUntil }) => signsUntil === undefined || signsUntil.getTime() > now)
      .map((each) => ({ ...each, secret: this.seal.open(each.sealed, userId) }));
  }
}
