import { answerOf, api } from '../api/client';
import { useLive } from '../api/live';
import { session } from '../api/session';
import { ownQueue, UserContext } from '../api/user-api';
import { Connection } from '../ui/connection';
import { Failure } from '../ui/failure';
import { route } from '../ui/route';
import { useSite, useTitle } from '../ui/title';
import { Heading } from '../ui/heading';
import { UserPages } from '../user-pages';

/** One customer's queue, opened by a link: no account, no sending, and no access to other queues. */
export function PortalPage() {
  return session.value === undefined ? <Ended /> : <Portal />;
}

function Ended() {
  useTitle('This link has ended');
  return (
    <main class="door">
      <div class="card stack">
        <Heading>This link has ended</Heading>
        <p>Go back to the page that gave you the link, and open it again.</p>
      </div>
    </main>
  );
}

function Portal() {
  const { data: link, error, reload } = useLive(() => answerOf(api.GET('/portal-links/current')), 'portal');
  useSite(link?.name);
  if (link === undefined)
    return (
      <main class="page">
        {error === undefined ? (
          <p class="muted loading">Reading …</p>
        ) : (
          <Failure error={error} retry={reload} />
        )}
      </main>
    );
  const [place] = route.value.path;
  return (
    <UserContext.Provider value={{ ...ownQueue, maySend: false, mayManage: link.scope === 'manage' }}>
      <header class="bar" style={link.color === null ? {} : { borderTop: `3px solid ${link.color}` }}>
        <a class="brand" href="#/">
          <span>{link.name ?? 'Turnwise'}</span>
        </a>
        <nav aria-label="Main">
          <a href="#/" {...(place === undefined ? { 'aria-current': 'page' } : {})}>
            Queue
          </a>
          <a href="#/requests" {...(place === 'requests' ? { 'aria-current': 'page' } : {})}>
            Requests
          </a>
        </nav>
        <div class="row end">
          <Connection />
        </div>
      </header>
      <UserPages path={route.value.path} title="Your queue" />
    </UserContext.Provider>
  );
}
