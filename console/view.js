/** Shows what the API tells. Everything goes in as text, never as HTML. */
const TONES = {
  succeeded: 'good',
  failed: 'bad',
  halted: 'bad',
  active: 'busy',
  busy: 'busy',
  retrying: 'busy',
};
const PREVIEW = 140;
const rows = new Map();

export const element = (id) => document.getElementById(id);

export function show(id, visible) {
  element(id).hidden = !visible;
}

/** @param text empty: nothing to say */
export function notice(text, bad = false) {
  const line = element('notice');
  if (line.textContent !== text) line.textContent = text;
  line.classList.toggle('bad', bad);
  line.hidden = text === '';
}

export function showQueue(queue) {
  chip(element('queue-state'), queue.state);
  const facts = [
    ['Waiting and running', queue.depth],
    ['Scheduled', queue.scheduled],
    ['Oldest waits', queue.oldestWaitMs === undefined ? undefined : duration(queue.oldestWaitMs)],
    ['Ended a minute', queue.drainPerMinute],
    ['Next due', queue.nextDueAt === undefined ? undefined : time(queue.nextDueAt)],
  ].filter(([, value]) => value !== undefined && value !== null);
  element('queue-facts').replaceChildren(
    ...facts.flatMap(([name, value]) => [text('dt', name), text('dd', String(value))]),
  );
}

/** Rows are kept by id, so that the focus stays where it is while the list moves. */
export function showRequests(items, open) {
  const list = element('requests');
  const shown = new Set(items.map(({ id }) => id));
  for (const [id, row] of rows)
    if (!shown.has(id)) {
      row.remove();
      rows.delete(id);
    }
  items.forEach((item, index) => {
    const row = rows.get(item.id) ?? newRow(item.id, open);
    fill(row, item);
    if (list.children[index] !== row) list.insertBefore(row, list.children[index] ?? null);
  });
  show('empty', items.length === 0);
}

/** @param json an answer's text: shown with its numbers as they are written */
export function showDetail(json) {
  element('detail-text').textContent = indent(json);
  if (!element('detail').open) element('detail').showModal();
}

function newRow(id, open) {
  const row = document.createElement('li');
  const button = document.createElement('button');
  button.type = 'button';
  button.addEventListener('click', () => open(id));
  const state = text('span', '');
  state.className = 'chip';
  const type = text('span', '');
  type.className = 'type';
  const facts = text('span', '');
  facts.className = 'muted';
  button.append(type, state, text('code', ''), facts);
  row.append(button);
  rows.set(id, row);
  return row;
}

function fill(row, item) {
  const [type, state, preview, facts] = row.firstElementChild.children;
  const attempts = item.attempts?.length ?? 0;
  type.textContent = item.type;
  chip(state, item.status);
  preview.textContent = (JSON.stringify(item.payload) ?? '').slice(0, PREVIEW);
  facts.textContent = [
    item.position === undefined
      ? ''
      : item.position === 0
        ? 'head of the queue'
        : `${item.position} before it`,
    attempts === 0 ? '' : `${attempts} ${attempts === 1 ? 'attempt' : 'attempts'}`,
    time(item.createdAt),
  ]
    .filter((part) => part !== '')
    .join(' · ');
}

function chip(span, state) {
  span.textContent = state;
  span.dataset.tone = TONES[state] ?? '';
}

function text(tag, content) {
  const node = document.createElement(tag);
  node.textContent = content;
  return node;
}

const time = (at) => new Date(at).toLocaleTimeString();

const duration = (ms) => (ms < 60_000 ? `${Math.round(ms / 1000)} s` : `${Math.round(ms / 60_000)} min`);

/** Breaks JSON text into lines; its tokens stay as they are (JSON.parse would make 1.10 into 1.1). */
function indent(json) {
  let depth = 0;
  const line = () => `\n${'  '.repeat(depth)}`;
  return json.replace(/"(?:[^"\\]|\\.)*"|\s+|[[{]\s*[\]}]|[{}[\],:]/g, (token) => {
    if (token.trim() === '') return '';
    if (token === '{' || token === '[') return token + (depth++, line());
    if (token === '}' || token === ']') return (depth--, line()) + token;
    if (token === ',') return token + line();
    return token === ':' ? ': ' : token;
  });
}
