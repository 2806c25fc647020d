import { useUser } from '../api/user-api';
import { shortId } from '../requests/request-row';
import { Copy } from '../ui/action';
import { Failure } from '../ui/failure';
import { Heading } from '../ui/heading';
import { JsonText } from '../ui/json-text';
import { SafeText } from '../ui/safe-text';
import { StatusBadge } from '../ui/status';
import { useTitle } from '../ui/title';
import { Attempts } from './attempts';
import { Callback } from './callback';
import { curlOf } from './curl';
import { Delivery } from './delivery';
import { ErrorWords } from './error-words';
import { RequestActions } from './request-actions';
import { RequestFacts } from './request-facts';
import { type ExactRequest, useRequest } from './use-request';

/** Everything about one request, live; it has a link of its own. */
export function RequestPage({ id }: { id: string }) {
  const { base } = useUser();
  useTitle(`Request ${shortId(id)}`);
  const { data: exact, error, reload } = useRequest(id);
  return (
    <main class="page request-page">
      <nav aria-label="Where you are">
        <a href={base}>Queue</a> / <a href={`${base}requests`}>Requests</a> /{' '}
        <code>
          <SafeText text={shortId(id)} />
        </code>
      </nav>
      <header class="page-head">
        <Heading>
          <SafeText text={exact?.request.type ?? `Request ${shortId(id)}`} />
        </Heading>
        {exact && <StatusBadge status={exact.request.status} />}
        {exact && <RequestActions exact={exact} reload={reload} />}
      </header>
      <Failure error={error} retry={reload} />
      {exact === undefined && error === undefined && <p class="muted loading">Reading …</p>}
      {exact && <Whole id={id} exact={exact} reload={reload} />}
    </main>
  );
}

function Whole({ id, exact, reload }: { id: string; exact: ExactRequest; reload: () => void }) {
  const { maySend } = useUser();
  const { request, payload, result } = exact;
  return (
    <div class="columns">
      <div>
        {request.error && (
          <section class="card bad" aria-label="Why it failed">
            <ErrorWords error={request.error} />
          </section>
        )}
        <section class="card" aria-labelledby="attempts">
          <h2 id="attempts">Attempts</h2>
          <Attempts request={request} />
        </section>
        <section class="card" aria-labelledby="payload">
          <header>
            <h2 id="payload">Payload</h2>
            {request.dataErasedAt === undefined && (
              <div class="row end">
                <Copy text={payload}>Copy</Copy>
                {maySend && <Copy text={curlOf(exact)}>Copy as curl</Copy>}
              </div>
            )}
          </header>
          {request.dataErasedAt ? (
            <p class="empty">Its data is erased.</p>
          ) : (
            <JsonText json={payload} label="Payload" />
          )}
        </section>
        {request.delivery && <Delivery delivery={request.delivery} />}
        {result !== undefined && (
          <section class="card" aria-labelledby="result">
            <header>
              <h2 id="result">Result</h2>
              <div class="row end">
                <Copy text={result}>Copy</Copy>
              </div>
            </header>
            <JsonText json={result} label="Result" />
          </section>
        )}
      </div>
      <aside>
        <RequestFacts request={request} />
        {request.callback && <Callback id={id} callback={request.callback} reload={reload} />}
      </aside>
    </div>
  );
}
