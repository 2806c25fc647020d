import { fingerprintOf, secretsContradict } from '../../../src/config/fingerprint';

const [OLD, NEW, OTHER] = ['old', 'new', 'other'].map((name) => fingerprintOf(`the ${name} secret`)) as [
  string,
  string,
  string,
];

it('the fingerprints of different secrets differ, and do not reveal them', () => {
  expect(fingerprintOf('the old secret')).toBe(OLD);
  expect(new Set([OLD, NEW, OTHER]).size).toBe(3);
  expect(OLD).toMatch(/^[\w-]{12}$/);
});

it.each([
  [[OLD], [OLD]],
  [[OLD], [OLD, NEW]],
  [
    [OLD, NEW],
    [NEW, OLD],
  ],
  [[NEW, OLD], [NEW]],
])('processes with %j and %j may run side by side', (ours, theirs) => {
  expect(secretsContradict(ours, theirs)).toEqual([]);
  expect(secretsContradict(theirs, ours)).toEqual([]);
});

it.each([
  [[OLD], [NEW]],
  [[OLD], [NEW, OLD]],
  [[OLD, NEW], [NEW]],
  [
    [OLD, OTHER],
    [NEW, OTHER],
  ],
])('processes with %j and %j may not run side by side, whichever starts first', (ours, theirs) => {
  for (const [a, b] of [
    [ours, theirs],
    [theirs, ours],
  ] as const)
    expect(secretsContradict(a, b)).toEqual([expect.stringMatching(/^JWT_SECRET /)]);
});
