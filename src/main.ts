import { OwnHandlersModule } from './own/own-handlers.module';
import { run } from './run';

void run([OwnHandlersModule]);
