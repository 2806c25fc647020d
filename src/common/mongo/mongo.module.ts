import { Module } from '@nestjs/common';
import { MongooseModule } from '@nestjs/mongoose';
import { StoreSettings } from '../../config/settings';
import { SECOND_MS } from '../time';

/**
 * The connection to MongoDB. Every write is acknowledged by the majority and journalled before anybody is told,
 * and every read is the primary's (P3). A start waits about half a minute for MongoDB to come up.
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
        autoIndex: true,
        retryAttempts: 5,
        retryDelay: SECOND_MS,
      }),
    }),
  ],
})
export class MongoModule {}
