import { Module } from '@nestjs/common';
import { MongooseModule } from '@nestjs/mongoose';
import type { TopologyDescription } from 'mongodb';
import type { Connection, Schema } from 'mongoose';
import { outageBegan, outageEnded } from '../../common/log/cause';
import { EventLog } from '../../common/log/event-log';
import { StoreSettings } from '../../config/settings';
import { SECOND_MS } from '../../common/time/units';
import './told-of-close';

/**
 * After this much silence a connection counts as lost (a firewall may have dropped it), and the outcome of its call is
 * unknown. Without this limit one such write would delay all writes behind it, and keep their leases. (P5)
 */
const SILENCE_MS = 10 * SECOND_MS;

/** An index on many documents takes longer to build, and the connection is silent meanwhile. */
function buildIndexesUnhurried(schema: Schema): void {
  for (const [, options] of schema.indexes()) Object.assign(options, { socketTimeoutMS: 0 });
}

/** Logs one line when MongoDB goes away, and one when it is back. */
function sayWhenAway(connection: Connection): void {
  const log = new EventLog('MongoDB');
  /** Monotonic time. */
  let awaySince: number | undefined;
  let isClosing = false;
  connection.on('disconnecting', () => (isClosing = true));
  connection.on('disconnected', () => {
    if (isClosing || awaySince !== undefined) return;
    const { at, error } = lostServer(connection);
    log.write('store.away', { store: 'MongoDB', cause: outageBegan('MongoDB', at, error) });
    awaySince = performance.now();
  });
  connection.on('connected', () => {
    outageEnded('MongoDB');
    if (awaySince === undefined) return;
    log.write('store.back', { store: 'MongoDB', durationMs: Math.round(performance.now() - awaySince) });
    awaySince = undefined;
  });
}

/** A server that the driver cannot reach, and the reason. */
function lostServer(connection: Connection): { readonly at: string; readonly error: unknown } {
  const { topology } = connection.getClient() as unknown as {
    topology?: { description: TopologyDescription };
  };
  const servers = [...(topology?.description.servers.values() ?? [])];
  const lost = servers.find(({ error }) => error !== null);
  const { error } = lost ?? {};
  return {
    at: lost?.address ?? servers.map(({ address }) => address).join(', '),
    error: error?.cause ?? error ?? new Error('no primary'),
  };
}

/**
 * The connection to MongoDB. Unless a call says otherwise, a write is acknowledged by the majority and journaled before
 * its caller continues, and reads go to the primary (P3). Only what may be lost, the notes of running attempts, is
 * written with less. A start waits about half a minute for MongoDB.
 */
@Module({
  imports: [
    MongooseModule.forRootAsync({
      inject: [StoreSettings],
      useFactory: ({ mongodbUri }: StoreSettings) => ({
        uri: mongodbUri,
        writeConcern: { w: 'majority', j: true },
        readPreference: 'primary',
        serverSelectionTimeoutMS: 5 * SECOND_MS,
        socketTimeoutMS: SILENCE_MS,
        onConnectionCreate: (connection: Connection) => {
          connection.plugin(buildIndexesUnhurried);
          sayWhenAway(connection);
        },
        autoIndex: true,
        retryAttempts: 5,
        retryDelay: SECOND_MS,
      }),
    }),
  ],
})
export class MongoModule {}
