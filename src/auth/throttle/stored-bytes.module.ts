import { Module } from '@nestjs/common';
import { StoredBytes } from './stored-bytes';

/** For every process that stores payloads or results. A worker needs nothing else of `auth`. */
@Module({ providers: [StoredBytes], exports: [StoredBytes] })
export class StoredBytesModule {}
