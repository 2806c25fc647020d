import { listFilter } from '../../../src/requests/list-filter';

const MOMENT = { activeId: undefined, now: 0 };

/** The patterns with which a search has MongoDB match payloads. */
function patternsOf(q: string): RegExp[] {
  const found: RegExp[] = [];
  JSON.stringify(listFilter('u1', { q }, MOMENT), (key, value: unknown) => {
    if (key === '$regex') found.push(new RegExp(String(value), 'i'));
    return value;
  });
  return found;
}

it.each([
  ['backslashes', '\\'.repeat(60)],
  ['quotes', '"'.repeat(60)],
  ['both', '\\"'.repeat(60)],
  ['letters', 'é'.repeat(60)],
])(
  'the pattern for %s matches in one way only, so that a text without a match takes time by its length (P5)',
  (_, text) => {
    const payload = JSON.stringify(text.repeat(4));
    const [pattern] = patternsOf(`${text}x`);
    expect(pattern!.test(payload)).toBe(false); // with two ways for each character it would not end
    expect(patternsOf(text)[0]!.test(payload)).toBe(true);
  },
);
