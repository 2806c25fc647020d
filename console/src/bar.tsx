import { useState } from 'preact/hooks';
import { me } from './api/me';
import { openSend } from './send/send-dialog';
import { Connection } from './ui/connection';
import { Dialog } from './ui/dialog';
import { KEYS, moveFocus, useKeys } from './ui/keys';
import { focusNotice } from './ui/notice';
import { goTo, route } from './ui/route';
import { nextTheme, theme } from './ui/theme';

/** What stands over every page: where to go, whether it is live, and a new request. */
export function Bar() {
  const [isHelpOpen, setHelpOpen] = useState(false);
  useKeys({
    n: () => openSend(),
    '/': () => {
      if (document.getElementById('search') === null) goTo('#/requests');
      requestAnimationFrame(() => document.getElementById('search')?.focus());
    },
    q: () => goTo('#/'),
    j: () => moveFocus(1),
    k: () => moveFocus(-1),
    m: focusNotice,
    '?': () => setHelpOpen(true),
  });
  const [place] = route.value.path;
  const current = (name: string | undefined) => (place === name ? ({ 'aria-current': 'page' } as const) : {});
  return (
    <header class="bar">
      <a class="brand" href="#/" aria-label="Turnwise, your queue">
        <img src="./icon.svg" alt="" width="22" height="22" />
        <span>Turnwise</span>
      </a>
      <nav aria-label="Main">
        <a href="#/" {...current(undefined)}>
          Queue
        </a>
        <a href="#/requests" {...current('requests')}>
          Requests
        </a>
        <a href="#/account" {...current('account')}>
          Account
        </a>
        {me.value?.role === 'admin' && (
          <a href="#/admin" {...current('admin')}>
            Operator
          </a>
        )}
      </nav>
      <div class="row end">
        <Connection />
        <button
          type="button"
          class="plain"
          aria-label={`Colours: ${theme.value}`}
          title={`Colours: ${theme.value}`}
          onClick={nextTheme}
        >
          ◐
        </button>
        <a class="docs" href="docs">
          API
        </a>
        <button type="button" class="primary" onClick={() => openSend()}>
          New request
        </button>
      </div>
      {isHelpOpen && (
        <Dialog title="Keys" onClose={() => setHelpOpen(false)}>
          <dl class="facts">
            {KEYS.map(([key, does]) => (
              <div key={key}>
                <dt>
                  <kbd>{key}</kbd>
                </dt>
                <dd>{does}</dd>
              </div>
            ))}
          </dl>
        </Dialog>
      )}
    </header>
  );
}
