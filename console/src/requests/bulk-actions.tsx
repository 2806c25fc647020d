import { type Decision, type Filter, useUser } from '../api/user-api';
import { Action } from '../ui/action';
import { counted } from '../ui/counted';
import { ask } from '../ui/dialog';
import { say } from '../ui/notice';
import { view } from '../ui/route';
import { filterWords } from './filter';

const WORDS: Record<Decision, { readonly verb: string; readonly done: string; readonly which: string }> = {
  retry: { verb: 'Retry', done: 'in line again', which: 'failed' },
  dismiss: { verb: 'Dismiss', done: 'dismissed', which: 'failed' },
  cancel: { verb: 'Cancel', done: 'cancelled', which: 'pending' },
};

const requests = (count: number) => counted(count, 'request');

/** Decides about all matching requests, after showing their number. */
export function BulkActions({ filter }: { filter: Filter }) {
  const user = useUser();
  const { q: search, ...meant } = filter;
  const decide = async (decision: Decision) => {
    const { verb, done, which } = WORDS[decision];
    const from = view.peek();
    const { count } = await user.decideAll(decision, { filter: meant, preview: true });
    if (count === 0) return say(`There is no ${which} request here.`);
    const isMeant = await ask(
      {
        title: `${verb} ${requests(count)}?`,
        text: `${filterWords(filter, user.isOwn)}: ${count.toLocaleString()} ${which}. They are handled in their order.`,
        action: `${verb} ${requests(count)}`,
      },
      from,
    );
    if (!isMeant) return;
    const decided = await user.decideAll(decision, { filter: meant, preview: false });
    say(`${requests(decided.count)} ${done}.`);
  };
  const isSearch = search !== undefined;
  return (
    <div class="row" role="group" aria-label="All that match">
      {(Object.keys(WORDS) as Decision[]).map((decision) => (
        <Action key={decision} run={() => decide(decision)} disabled={isSearch}>
          {WORDS[decision].verb} all …
        </Action>
      ))}
      {isSearch && <span class="muted">Results of a text search cannot be changed in bulk.</span>}
    </div>
  );
}
