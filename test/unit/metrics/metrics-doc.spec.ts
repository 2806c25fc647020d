import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { MetricsRegistry } from '../../../src/metrics/metrics.registry';

it('docs/metrics.md has a row for every metric, and no other', async () => {
  const rows = readFileSync(join(__dirname, '../../../docs/metrics.md'), 'utf8').matchAll(
    /^\| `(\w+)` +\| (\w+)/gm,
  );
  const known = (await new MetricsRegistry().getMetricsAsJSON()).filter(({ name }) =>
    name.startsWith('turnwise_'),
  );
  // prom-client's type is MetricType (an enum), whose values are the words
  expect([...rows].map(([, name, kind]) => `${name} ${kind}`).sort()).toEqual(
    known.map(({ name, type }) => `${name} ${String(type)}`).sort(),
  );
});
