import { QueuePage } from './queue/queue-page';
import { RequestPage } from './request/request-page';
import { RequestsPage } from './requests/requests-page';

/** The pages of one user's queue, for any viewer: what a path leads to, and `title` above the queue. */
export function UserPages({ path: [place, id], title }: { path: readonly string[]; title: string }) {
  if (place === 'requests' && id !== undefined) return <RequestPage key={id} id={id} />;
  if (place === 'requests') return <RequestsPage />;
  return <QueuePage title={title} />;
}
