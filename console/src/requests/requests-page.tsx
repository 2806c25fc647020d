import { useUser } from '../api/user-api';
import { goTo, route } from '../ui/route';
import { useTitle } from '../ui/title';
import { BulkActions } from './bulk-actions';
import { FilterBar } from './filter-bar';
import { filterOf, queryOf } from './filter';
import { Heading } from '../ui/heading';
import { RequestList } from './request-list';

/** All requests, newest first, with a filter that is part of the link. */
export function RequestsPage() {
  const user = useUser();
  useTitle('Requests');
  const filter = filterOf(route.value.query);
  const isAll = Object.keys(filter).length === 0;
  return (
    <main class="page">
      <header class="page-head">
        <Heading>Requests</Heading>
        <span class="muted">newest first</span>
      </header>
      <FilterBar
        filter={filter}
        change={(update) =>
          goTo(`${user.base}requests${queryOf(update(filterOf(route.value.query)))}`, 'replace')
        }
      />
      {user.mayManage && <BulkActions filter={filter} />}
      <section class="card flush">
        <RequestList
          label="Requests"
          query={filter}
          empty={isAll ? 'No requests yet. Send the first one.' : 'Nothing matches this filter.'}
        />
      </section>
    </main>
  );
}
