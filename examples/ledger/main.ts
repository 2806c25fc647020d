import { run } from '../../src/run';
import { LedgerModule } from './ledger.module';

void run([LedgerModule]);
