import { ApiError, call, isLoggedIn, logIn, logOut, register, resetPassword } from './session.js';
import { element, notice, show, showDetail, showQueue, showRequests } from './view.js';

const POLL_MS = 2000;
const PAGE = 20;
const MOST = 200;

const EXAMPLES = {
  echo: '{\n  "hello": "world",\n  "price": 1.10\n}',
  sleep: '{ "ms": 5000 }',
  http: '{\n  "url": "https://example.com/hook",\n  "body": { "hello": "world" }\n}',
};

let wanted = PAGE;
let timer;
let polls = 0;

/** Of a link that an operator made; what stands behind `#` is sent to no server. */
const resetToken = () => new URLSearchParams(location.hash.slice(1)).get('reset-password');

/** The page has three states: the form to get in, the one of a link to set a new password, and the desk. */
function enter() {
  const resets = resetToken() !== null;
  const inside = isLoggedIn() && !resets;
  show('reset', resets);
  show('welcome', !inside && !resets);
  show('desk', inside);
  show('logout', inside);
  element('who').textContent = '';
  if (!inside) {
    polls += 1; // what is under way shows nothing any more
    clearTimeout(timer);
    showRequests([], open);
    element(resets ? 'chosen' : 'email').focus();
    return;
  }
  call('GET', 'auth/me').then((me) => (element('who').textContent = JSON.parse(me).email), report);
  void poll();
}

/** Reads again two seconds after each answer, while somebody is looking. */
async function poll() {
  clearTimeout(timer);
  const mine = ++polls;
  if (!isLoggedIn() || resetToken() !== null || document.hidden) return;
  try {
    const [queue, { items, hasMore }] = await Promise.all([call('GET', 'queue'), newest(wanted)]);
    if (mine !== polls) return; // a later poll tells more
    showQueue(JSON.parse(queue));
    showRequests(items, open);
    show('more', hasMore && wanted < MOST);
    if (element('notice').dataset.from === 'poll') say('', false, 'poll');
  } catch (error) {
    if (mine !== polls) return;
    report(error, 'poll');
  }
  timer = setTimeout(poll, POLL_MS);
}

/** The newest requests, as many as are wanted: a page of large ones ends before its limit. */
async function newest(count) {
  const items = [];
  let cursor = null;
  do {
    const after = cursor === null ? '' : `&cursor=${encodeURIComponent(cursor)}`;
    const page = JSON.parse(await call('GET', `requests?limit=${count - items.length}${after}`));
    items.push(...page.items);
    cursor = page.nextCursor;
  } while (cursor !== null && items.length < count);
  return { items, hasMore: cursor !== null };
}

async function open(id) {
  try {
    showDetail(await call('GET', `requests/${encodeURIComponent(id)}`));
  } catch (error) {
    report(error);
  }
}

function say(text, bad, from) {
  element('notice').dataset.from = from;
  notice(text, bad);
}

function report(error, from = 'action') {
  if (error instanceof ApiError && error.status === 401 && !isLoggedIn()) enter();
  say(error instanceof ApiError ? error.message : 'The server cannot be reached right now.', true, from);
}

/** Runs what a form does, its buttons off meanwhile. */
function onSubmit(id, action) {
  const form = element(id);
  form.addEventListener('submit', async (event) => {
    event.preventDefault();
    const buttons = form.querySelectorAll('button');
    for (const button of buttons) button.disabled = true;
    try {
      await action(new FormData(form), event.submitter?.value);
    } catch (error) {
      report(error);
    } finally {
      for (const button of buttons) button.disabled = false;
    }
  });
}

onSubmit('account', async (fields, wish) => {
  const email = fields.get('email');
  const password = fields.get('password');
  if (wish === 'register') await register(email, password);
  await logIn(email, password);
  element('account').reset();
  say('', false, 'action');
  enter();
});

onSubmit('new-password', async (fields) => {
  await resetPassword(resetToken(), fields.get('chosen'));
  element('new-password').reset();
  history.replaceState(null, '', location.pathname + location.search);
  enter();
  say('The new password is good from now on. Log in with it.', false, 'action');
});

onSubmit('enqueue', async (fields) => {
  const payload = fields.get('payload');
  try {
    JSON.parse(payload);
  } catch {
    element('payload').focus();
    return say('The payload is not valid JSON.', true, 'action');
  }
  // The payload goes in as text: parsed and printed again it would lose 1.10 and 12345678901234567890.
  const accepted = await call(
    'POST',
    'enqueue',
    `{"type":${JSON.stringify(fields.get('type'))},"payload":${payload}}`,
  );
  say(`Accepted as ${JSON.parse(accepted).id}.`, false, 'action');
  void poll();
});

element('logout').addEventListener('click', async () => {
  await logOut().catch(report);
  enter();
});
element('more').addEventListener('click', () => {
  wanted = Math.min(wanted + PAGE, MOST);
  void poll();
});
element('type').addEventListener('change', ({ target }) => {
  const untouched = Object.values(EXAMPLES).includes(element('payload').value);
  if (untouched && EXAMPLES[target.value] !== undefined) element('payload').value = EXAMPLES[target.value];
});
element('close').addEventListener('click', () => element('detail').close());
document.addEventListener('visibilitychange', () => void poll());
window.addEventListener('hashchange', enter);

element('payload').value = EXAMPLES.echo;
enter();
