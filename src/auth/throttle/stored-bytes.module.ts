import { Module } from '@nestjs/common';
import { StoredBytes } from './stored-bytes';

/** In every process that stores what users send or get; of this room a worker needs nothing else. */
@Module({ providers: [StoredBytes], exports: [StoredBytes] })
export class StoredBytesModule {}
