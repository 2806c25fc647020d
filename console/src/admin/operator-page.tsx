import { useLive, usePolling } from '../api/live';
import { answerOf, api } from '../api/client';
import { Failure } from '../ui/failure';
import { useTitle } from '../ui/title';
import { Figures } from './figures';
import { FindUser } from './find-user';
import { Recoveries } from './recoveries';
import { Shards } from './shards';
import { StuckList } from './stuck-list';
import { Throughput } from './throughput';
import { Heading } from '../ui/heading';
import { Workers } from './workers';

const overview = () => answerOf(api.GET('/admin/overview'));

/**
 * Answers an operator's first question: whose queue is stuck, and why. Then shows the state of the service as a whole.
 */
export function OperatorPage() {
  usePolling();
  useTitle('Operator');
  const { data, error, reload } = useLive(overview, 'overview');
  return (
    <main class="page operator-page">
      <header class="page-head">
        <Heading>Operator</Heading>
        <span class="muted">everybody’s queues</span>
      </header>
      <Failure error={error} retry={reload} />
      {data && <Figures overview={data} />}
      <Throughput />
      <div class="columns">
        <div>
          <StuckList />
        </div>
        <aside>
          <FindUser />
          {data && <Workers overview={data} />}
          {data && <Shards shards={data.shards} />}
          {data && <Recoveries recoveries={data.recoveries} />}
        </aside>
      </div>
    </main>
  );
}
