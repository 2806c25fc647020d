import { ofTab } from './storage';

/** Whether this page is a customer's portal: then it is served at `/portal/`, and its link has a token behind the `#`. */
export const isPortal = location.pathname.endsWith('/portal/');

/** Where the API is, from this page on: it works behind a path prefix. */
export const API = isPortal ? '..' : '.';

const KEPT = 'turnwise.portal';

const tokenOfLink = () => new URLSearchParams(location.hash.slice(1)).get('token');

// Another link that is opened in this tab changes only the fragment: the browser does not load the page.
if (isPortal) window.addEventListener('hashchange', () => tokenOfLink() !== null && location.reload());

/** The token of the link, kept for this tab alone, so that it is not in the history and a reload finds it. */
export function portalToken(): string | undefined {
  const token = tokenOfLink();
  if (token !== null) {
    ofTab.setItem(KEPT, token);
    history.replaceState(null, '', '#/');
  }
  return ofTab.getItem(KEPT) ?? undefined;
}
