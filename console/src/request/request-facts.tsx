import type { ComponentChildren } from 'preact';
import { type RequestView, useUser } from '../api/user-api';
import { attemptsUsed } from './attempts-used';
import { SafeText } from '../ui/safe-text';
import { duration, Time, Until } from '../ui/time';

/** A request's position, times and tags. */
export function RequestFacts({ request }: { request: RequestView }) {
  const { base } = useUser();
  const { position, createdAt, startedAt, finishedAt, runAt, nextAttemptAt, estimatedStartAt } = request;
  const waited =
    startedAt && Date.parse(startedAt) - Math.max(Date.parse(createdAt), Date.parse(runAt ?? createdAt));
  const facts: [string, ComponentChildren][] = [];
  const add = (name: string, value: ComponentChildren) => value && facts.push([name, value]);
  add('Id', <code>{request.id}</code>);
  if (position !== undefined && request.status !== 'active')
    add('Ahead of it', position === 0 ? 'nothing, it is next' : position.toLocaleString());
  add('Expected to start', estimatedStartAt && <Until at={estimatedStartAt} />);
  add('Next attempt', nextAttemptAt && <Until at={nextAttemptAt} />);
  add('Scheduled for', runAt && <Time at={runAt} />);
  add('Accepted', <Time at={createdAt} />);
  add('Started', startedAt && <Time at={startedAt} />);
  add('Waited', typeof waited === 'number' && duration(waited));
  add('Ended', finishedAt && <Time at={finishedAt} />);
  add('Attempts', `${attemptsUsed(request)} of at most ${request.maxAttempts}`);
  add(
    'Tags',
    request.tags.length > 0 &&
      request.tags.map((tag) => (
        <a key={tag} class="tag" href={`${base}requests?tag=${encodeURIComponent(tag)}`}>
          <SafeText text={tag} />
        </a>
      )),
  );
  return (
    <section class="card" aria-label="Facts">
      <dl class="facts">
        {facts.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
