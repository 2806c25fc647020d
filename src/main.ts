import { CustomHandlersModule } from './custom-handlers/custom-handlers.module';
import { run } from './run';

void run([CustomHandlersModule]);
