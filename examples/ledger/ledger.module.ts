import { Module } from '@nestjs/common';
import { Ledger } from './ledger';
import { LedgerHandler } from './ledger.handler';

@Module({ providers: [Ledger, LedgerHandler] })
export class LedgerModule {}
