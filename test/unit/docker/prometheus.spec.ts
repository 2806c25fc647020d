import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parser } from '@prometheus-io/lezer-promql';
import { parse } from 'yaml';
import { dashboards } from '../../../scripts/tools/dashboards';
import { EventBus } from '../../../src/events/event-bus';
import { EventCounter } from '../../../src/metrics/event-counter.service';
import { MetricsRegistry } from '../../../src/metrics/metrics.registry';

const ROOT = join(__dirname, '../../..');
const read = (file: string) => readFileSync(join(ROOT, file), 'utf8');

interface Rule {
  readonly alert?: string;
  readonly record?: string;
  readonly expr: string;
  readonly labels?: Readonly<Record<string, string>>;
  readonly annotations?: Readonly<Record<string, string>>;
}

const { groups } = parse(read('docker/prometheus/alerts.yml')) as { groups: { rules: Rule[] }[] };
const rules = groups.flatMap((group) => group.rules);
const alerts = rules.filter(({ alert }) => alert !== undefined);
interface Dashboard {
  readonly uid: string;
  readonly panels: readonly {
    readonly type: string;
    readonly title: string;
    readonly description: string;
    readonly targets?: readonly { readonly expr: string; readonly instant?: boolean }[];
  }[];
}
const FOLDER = 'docker/grafana/dashboards';
const shown = new Map(
  readdirSync(join(ROOT, FOLDER)).map((file) => [file, JSON.parse(read(`${FOLDER}/${file}`)) as Dashboard]),
);
const panels = [...shown.values()].flatMap((dashboard) =>
  dashboard.panels.map((panel) => ({ ...panel, title: `${dashboard.uid}: ${panel.title}` })),
);

const queries: [of: string, expr: string][] = [
  ...rules.map(({ alert, record, expr }): [string, string] => [alert ?? record!, expr]),
  ...panels.flatMap(({ title, targets = [] }) =>
    targets.map(({ expr }): [string, string] => [`panel ${title}`, expr]),
  ),
];

/** The metrics in a query, with the labels of each selector. */
function namesIn(query: string) {
  const text = query.replaceAll('$__rate_interval', '5m');
  const names: string[] = [];
  const labels: string[] = [];
  const faults: string[] = [];
  parser.parse(text).iterate({
    enter({ type, name, from, to }) {
      const said = text.slice(from, to);
      if (type.isError) faults.push(`at ${from}: ${text.slice(from, from + 20)}`);
      if (name === 'VectorSelector') names.push(/^[\w:]*/.exec(said)![0]);
      if (name === 'LabelName') labels.push(said);
    },
  });
  return { names, labels, faults };
}

/** Every series of the program by its name, with its labels. */
const known = new Map<string, readonly string[]>();
beforeAll(async () => {
  const registry = new MetricsRegistry();
  for (const { name, type } of await registry.getMetricsAsJSON()) {
    const { labelNames } = registry.getSingleMetric(name) as unknown as { labelNames: readonly string[] };
    const isHistogram = String(type) === 'histogram';
    for (const suffix of isHistogram ? ['_bucket', '_sum', '_count'] : [''])
      known.set(name + suffix, [...labelNames, ...(isHistogram ? ['le'] : [])]);
  }
  known.set('up', []); // Prometheus's own
  for (const { record } of rules) if (record !== undefined) known.set(record, []);
});

it.each(queries)('the query of %s names series and labels that the program has', (_of, expr) => {
  const { names, labels, faults } = namesIn(expr);
  expect(faults).toEqual([]);
  expect(names.length).toBeGreaterThan(0);
  expect(names.filter((name) => !known.has(name))).toEqual([]);
  const all = new Set([...names.flatMap((name) => known.get(name)!), 'job', 'instance']);
  expect(labels.filter((label) => !all.has(label))).toEqual([]);
});

it.each(queries)('the query of %s needs no job of a certain name', (_of, expr) => {
  expect(expr).not.toMatch(/\bjob *[=!]/);
});

// Prometheus 2 stores le="5", Prometheus 3 le="5.0"
it.each(queries)('the query of %s names no bucket by a whole number', (_of, expr) => {
  expect(expr).not.toMatch(/\ble="\d+(\.0)?"/);
});

/** The counters whose rise a query takes, with the labels that it requires. */
function risesIn(query: string) {
  const rises: { name: string; labels: Record<string, string> }[] = [];
  for (const [, name = '', selected = ''] of query.matchAll(/(?:rate|increase)\((\w+)(?:\{([^}]*)\})?\[/g)) {
    const labels = [...selected.matchAll(/(\w+)="([^"]*)"/g)].map(([, label = '', value = '']) => [
      label,
      value,
    ]);
    rises.push({ name, labels: Object.fromEntries(labels) as Record<string, string> });
  }
  return rises;
}

it('every counter whose rise is watched exists before its first event', async () => {
  const [registry, events] = [new MetricsRegistry(), new EventBus()];
  new EventCounter(events, registry).onModuleInit();
  events.emit('type.handled', { type: 'mail' });
  const metrics = await registry.getMetricsAsJSON();
  const rises = queries.flatMap(([of, expr]) => risesIn(expr).map((rise) => ({ of, ...rise })));
  const unborn = rises.filter(({ name, labels }) => {
    const metric = metrics.find((each) => each.name === name);
    if (metric === undefined) return false; // a part of a histogram
    return !metric.values.some((series) =>
      Object.entries(labels).every(([label, value]) => String(series.labels[label]) === value),
    );
  });
  expect(rises.length).toBeGreaterThan(20);
  expect(unborn.map(({ of, name, labels }) => [of, name, labels])).toEqual([]);
});

it('the check finds an invalid query, and one of an unknown metric or label', () => {
  expect(namesIn('sum(rate(a[5m]) by').faults).not.toEqual([]);
  expect(namesIn('sum by (state) (turnwise_slots{kind="a"})')).toMatchObject({
    names: ['turnwise_slots'],
    labels: ['state', 'kind'],
    faults: [],
  });
});

const hasPromtool = spawnSync('promtool', ['--version']).status === 0;
(hasPromtool ? it : it.skip)('the alerts fire when they should (promtool)', () => {
  const { status, stdout, stderr } = spawnSync('promtool', ['test', 'rules', 'alerts.test.yml'], {
    cwd: join(ROOT, 'docker/prometheus'),
    encoding: 'utf8',
  });
  expect([status, stdout + stderr]).toEqual([0, expect.stringContaining('SUCCESS')]);
});

it('every alert has a severity, a sentence and a heading in the runbook, and every heading has an alert', () => {
  const headings = [...read('docs/runbook.md').matchAll(/^## (\w+)$/gm)].map(([, heading]) => heading);
  expect(headings.sort()).toEqual(alerts.map(({ alert }) => alert).sort());
  for (const { alert, labels, annotations } of alerts) {
    expect(['critical', 'warning']).toContain(labels?.['severity']);
    expect(annotations?.['summary']).toMatch(/\.$/);
    expect(annotations?.['runbook']).toBe(`docs/runbook.md#${alert!.toLowerCase()}`);
  }
});

it('every cluster-wide gauge that an alert watches has an alert for when it is missing', () => {
  const clusterWide = new Set(
    [...read('docs/metrics.md').matchAll(/^\| `(\w+)` .*\| cluster-wide: /gm)].map(([, name]) => name!),
  );
  const watched = alerts.flatMap(({ expr }) => namesIn(expr).names).filter((name) => clusterWide.has(name));
  expect(new Set(watched).size).toBeGreaterThan(1);
  const unwatched = watched.filter((name) => !alerts.some(({ expr }) => expr === `absent(${name})`));
  expect(unwatched).toEqual([]);
});

it('the dashboards are those that npm run generate:dashboards writes', () => {
  expect(Object.fromEntries(shown)).toEqual(JSON.parse(JSON.stringify(Object.fromEntries(dashboards()))));
});

it('the numbers show what is true now: nothing if it is unknown, and 0 if no process is ready', () => {
  const numbers = panels.filter(({ type }) => type === 'stat').flatMap(({ targets = [] }) => targets);
  expect(numbers.length).toBeGreaterThan(4);
  expect(numbers.filter(({ instant }) => instant !== true)).toEqual([]);
  const ready = numbers.filter(({ expr }) => expr.includes('turnwise_ready'));
  expect(ready.length).toBeGreaterThan(0);
  for (const { expr } of ready) expect(expr).toMatch(/ or vector\(0\)$/);
});

it('the panels name headings of the runbook', () => {
  const named = panels.flatMap(({ description }) => /runbook\.md#(\w+)/.exec(description)?.[1] ?? []);
  const headings = alerts.map(({ alert }) => alert!.toLowerCase());
  expect(named.length).toBeGreaterThan(10);
  expect(named.filter((name) => !headings.includes(name))).toEqual([]);
});

it('the links of the runbook lead to headings', () => {
  for (const [, file = '', heading] of read('docs/runbook.md').matchAll(/\]\(([\w-]+\.md)?#([\w-]+)\)/g)) {
    const text = read(`docs/${file || 'runbook.md'}`);
    const anchors = [...text.matchAll(/^#+ (.+)$/gm)].map(([, title = '']) =>
      title
        .toLowerCase()
        .replaceAll(/[^\w -]/g, '')
        .replaceAll(' ', '-'),
    );
    expect(anchors).toContain(heading);
  }
});

it('every metric is used by a rule or a panel, except those that show how busy one process is', () => {
  const asked = new Set(
    queries.flatMap(([, expr]) =>
      namesIn(expr).names.map((name) => name.replace(/_(bucket|count|sum)$/, '')),
    ),
  );
  const own = [...known.keys()]
    .filter((name) => name.startsWith('turnwise_'))
    .map((name) => name.replace(/_(bucket|count|sum)$/, ''));
  expect([...new Set(own)].filter((name) => !asked.has(name))).toEqual([
    'turnwise_attempts_started_total',
    'turnwise_event_streams',
  ]);
});
