import type { Document } from 'mongodb';
import { InvalidEnvironment } from '../../config/env';

/** What the processes of an installation share: the one document `view`. */
export interface EpochDocument {
  readonly shards: number;
  /** By shard. */
  readonly epochs: Readonly<Record<string, number>>;
  /** By shard: until when one recovery has reserved it. */
  readonly recoverUntil: Readonly<Record<string, Date>>;
  /** By shard: which recovery raised it last. */
  readonly recovery: Readonly<Record<string, string>>;
  /** Created with the database. Names it in Redis, which serves only one installation. */
  readonly installation: string;
  /** The layout of Redis that is in force. */
  readonly layout: number;
  /** The last migration of MongoDB that has run. */
  readonly schema: number;
  /** The number of shards that a command is changing to: no process may serve meanwhile. */
  readonly changingTo?: number | undefined;
}

/**
 * The document as it is stored. 0.1.0 has neither `layout` nor `schema`, and the number of shards and the epochs are
 * under `shards` and `epochs`; a process of 0.1.0 that meets this one has no view: at its start it compares `shards` with
 * its own number, says that they differ, and ends with 78; one that runs finds no `epochs`, and acts no more.
 */
export interface StoredEpochDocument extends Omit<
  EpochDocument,
  'shards' | 'epochs' | 'layout' | 'schema' | 'installation' | 'changingTo'
> {
  readonly _id: 'view';
  readonly shards: number | string;
  readonly epochs?: EpochDocument['epochs'];
  readonly shardCount?: number;
  readonly shardEpochs?: EpochDocument['epochs'];
  readonly installation?: string;
  readonly layout?: number;
  readonly schema?: number;
  /** See ShardChangeStore. */
  readonly shardChange?: { readonly to: number; readonly by: string; readonly until: Date };
}

/** The view shows something that this process cannot serve: it must not act, and a restart does not help. (P1) */
export abstract class CannotServe extends InvalidEnvironment {}

/** Another version has put a layout of Redis in force that this version does not know. */
export class UnknownLayout extends CannotServe {
  constructor(layout: number, newest: number) {
    super(
      `Redis is served in layout ${layout}, which this version of Turnwise does not know (its newest is ${newest}): ` +
        `start the version that the other processes have (docs/operations.md, Upgrading).`,
    );
  }
}

/**
 * The installation has another number of shards, or is about to: another number would mean a second queue for each
 * user.
 */
export class OtherShards extends CannotServe {
  constructor({ shards, changingTo }: EpochDocument, own: number) {
    super(
      changingTo === undefined
        ? `QUEUE_SHARDS is ${own}, but this database was set up with ${shards}: use that number.`
        : `The number of shards is being changed from ${shards} to ${changingTo}: ` +
            `let \`npm run admin -- shards --to ${changingTo}\` end first, or run it again.`,
    );
  }
}

/** @throws OtherShards unless the installation has this number of shards */
export function mustHaveShards(view: EpochDocument, own: number): void {
  if (view.shards !== own || view.changingTo !== undefined) throw new OtherShards(view, own);
}

/** Completes the message of 0.1.0: "QUEUE_SHARDS is 16, but this database was set up with ...: use that number." */
export const NEWER_THAN_FIRST = 'a version of Turnwise newer than 0.1.0';

export const fromStored = (stored: StoredEpochDocument): EpochDocument => ({
  shards: stored.shardCount ?? Number(stored.shards),
  epochs: stored.shardEpochs ?? stored.epochs ?? {},
  recoverUntil: stored.recoverUntil,
  recovery: stored.recovery,
  installation: stored.installation ?? '',
  layout: stored.layout ?? 1,
  schema: stored.schema ?? 1,
  changingTo: stored.shardChange?.to,
});

/** The change that puts a layout in force and raises all epochs, also in a document of 0.1.0. */
export const raisedTo = (layout: number): Document[] => [
  {
    $set: {
      layout,
      schema: { $ifNull: ['$schema', 1] },
      shards: { $literal: NEWER_THAN_FIRST },
      shardCount: { $ifNull: ['$shardCount', '$shards'] },
      shardEpochs: {
        $arrayToObject: {
          $map: {
            input: { $objectToArray: { $ifNull: ['$shardEpochs', '$epochs'] } },
            in: { k: '$$this.k', v: { $add: ['$$this.v', 1] } },
          },
        },
      },
      recoverUntil: { $literal: {} },
      recovery: { $literal: {} },
    },
  },
  { $unset: 'epochs' },
];
