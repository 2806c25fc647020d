import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { parse, parseAllDocuments } from 'yaml';

const FOLDER = join(__dirname, '../../../docker/kubernetes');
const read = (file: string) => readFileSync(join(FOLDER, file), 'utf8');
const VARIABLES = new Set(
  readFileSync(join(__dirname, '../../../.env.example'), 'utf8').match(/^[A-Z_]+(?==)/gm),
);

interface Deployment {
  spec: {
    template: {
      spec: {
        terminationGracePeriodSeconds: number;
        securityContext: Record<string, unknown>;
        containers: [
          {
            securityContext: Record<string, unknown>;
            env: { name: string; value: string }[];
            ports: { name: string; containerPort: number }[];
          } & Record<'livenessProbe' | 'readinessProbe' | 'startupProbe', { httpGet: { port: string } }>,
        ];
      };
    };
  };
}
/** Objects about the pods of a Deployment. */
interface About {
  kind: string;
  metadata: { name: string };
  spec: {
    selector?: { matchLabels?: Record<string, string> } & Record<string, unknown>;
    podSelector?: { matchLabels: Record<string, string> };
    scaleTargetRef?: { kind?: string; name: string };
    ingress?: { from?: Peer[] }[];
    egress?: { to?: Peer[] }[];
  };
}
interface Peer {
  podSelector?: { matchLabels?: object };
}
interface Kustomization {
  resources: string[];
  labels: { pairs: object }[];
  configMapGenerator: [{ literals: string[] }];
}

const kustomization = parse(read('kustomization.yaml')) as Kustomization;
const shared = new Map(
  kustomization.configMapGenerator[0].literals.map((literal) => literal.split('=') as [string, string]),
);
const deployments = ['api.yaml', 'worker.yaml'].map((file) => {
  const [deployment] = parseAllDocuments(read(file)) as unknown as [{ toJS(): Deployment }];
  const { terminationGracePeriodSeconds, securityContext, containers } = deployment.toJS().spec.template.spec;
  const [container] = containers;
  const own = new Map(container.env.map(({ name, value }) => [name, value]));
  return { file, graceMs: terminationGracePeriodSeconds * 1000, securityContext, container, own };
});

it('the kustomization applies every file except the one that KEDA replaces', () => {
  const files = readdirSync(FOLDER).filter((file) => !['kustomization.yaml', 'keda.yaml'].includes(file));
  expect(kustomization.resources.toSorted()).toEqual(files.toSorted());
});

it('KEDA removes no worker while a user waits, or while it is unknown whether one does', () => {
  const { spec } = parse(read('keda.yaml')) as { spec: object };
  expect(spec).toMatchObject({
    advanced: {
      horizontalPodAutoscalerConfig: { behavior: { scaleDown: { stabilizationWindowSeconds: 600 } } },
    },
    triggers: [{ metricType: 'Value', metadata: { ignoreNullValues: 'false' } }],
  });
  expect(spec).not.toHaveProperty('cooldownPeriod'); // KEDA's, for the way to 0 only
});

it('the kustomization sets only variables that the service knows', () => {
  const names = [...shared.keys(), ...deployments.flatMap(({ own }) => [...own.keys()])];
  expect(names.filter((name) => !VARIABLES.has(name))).toEqual([]);
});

const all = readdirSync(FOLDER)
  .filter((file) => file !== 'kustomization.yaml')
  .flatMap((file) => parseAllDocuments(read(file)).map((each) => each.toJS() as About));

it('the objects name existing Deployments, and the labels of their pods', () => {
  const names = all.filter(({ kind }) => kind === 'Deployment').map(({ metadata }) => metadata.name);
  expect(names).toEqual(['turnwise-api', 'turnwise-worker']);
  const others = all.filter(({ kind }) => kind !== 'Deployment');
  expect(others.map(({ kind }) => kind).toSorted()).toEqual([
    'HorizontalPodAutoscaler',
    'HorizontalPodAutoscaler',
    'NetworkPolicy',
    'NetworkPolicy',
    'PodDisruptionBudget',
    'PodDisruptionBudget',
    'ScaledObject',
    'Service',
  ]);
  for (const { spec } of all) {
    if (spec.scaleTargetRef) expect(names).toContain(spec.scaleTargetRef.name);
    else {
      const labels = (spec.podSelector ?? spec.selector)?.matchLabels ?? spec.selector;
      expect(['api', 'worker'].map((role) => ({ 'app.kubernetes.io/component': role }))).toContainEqual(
        labels,
      );
    }
  }
});

it('the kustomization overwrites no label of the peers of a network policy', () => {
  const peers = all.flatMap(({ spec: { ingress = [], egress = [] } }) => [
    ...ingress.flatMap(({ from = [] }) => from),
    ...egress.flatMap(({ to = [] }) => to),
  ]);
  expect(peers.length).toBeGreaterThan(0);
  const set = kustomization.labels.flatMap(({ pairs }) => Object.keys(pairs));
  const selected = peers.flatMap(({ podSelector }) => Object.keys(podSelector?.matchLabels ?? {}));
  expect(selected.filter((label) => set.includes(label))).toEqual([]);
});

describe.each(deployments)('$file', ({ graceMs, securityContext, container, own }) => {
  it('does not run as root, and writes to no file', () => {
    expect(securityContext).toMatchObject({ runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } });
    expect(container.securityContext).toEqual({
      readOnlyRootFilesystem: true,
      allowPrivilegeEscalation: false,
      capabilities: { drop: ['ALL'] },
    });
  });

  it('gives a process the time that its shutdown takes', () => {
    const waits = Number(own.get('DRAIN_MS') ?? 0) + Number(shared.get('SHUTDOWN_GRACE_MS'));
    expect(graceMs).toBeGreaterThanOrEqual(waits + 25_000);
  });

  it('checks health on a port that clients cannot fill', () => {
    const health = container.ports.find(({ name }) => name === 'health');
    expect(String(health?.containerPort)).toBe(shared.get('HEALTH_PORT'));
    for (const probe of ['livenessProbe', 'readinessProbe', 'startupProbe'] as const)
      expect(container[probe].httpGet.port).toBe('health');
  });
});
