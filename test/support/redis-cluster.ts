import type { Redis } from 'ioredis';
import { LOOPBACK, choosePort } from '../../scripts/lib/ports';
import { RedisServer } from './redis-server';
import { testRun } from './test-run';
import { until } from './until';

const SLOTS = 16_384;
/** Time without an answer after which a node counts as failed, ms. On a busy machine a node can stall for a second. */
const NODE_TIMEOUT_MS = 5_000;

interface Node {
  readonly server: RedisServer;
  readonly busPort: number;
  readonly client: Redis;
  readonly id: string;
}

/** A Redis Cluster of real servers on this machine. */
export class RedisCluster {
  private constructor(
    readonly masters: readonly Node[],
    readonly replicas: readonly Node[],
  ) {}

  /** Starts the cluster, with this many replicas for each master; all slots are served when this resolves. */
  static async start({ masters = 3, replicasOfEach = 0 } = {}): Promise<RedisCluster> {
    const nodes = await Promise.all(Array.from({ length: masters * (1 + replicasOfEach) }, startNode));
    const leading = nodes.slice(0, masters);
    await Promise.all(
      leading.map(({ client }, i) => {
        const [from, to] = [i, i + 1].map((n) => Math.ceil((SLOTS * n) / masters));
        return client.call('CLUSTER', 'ADDSLOTSRANGE', from!, to! - 1);
      }),
    );
    const cluster = new RedisCluster(leading, nodes.slice(masters));
    await cluster.untilInOrder();
    for (const [i, { client }] of cluster.replicas.entries())
      await client.call('CLUSTER', 'REPLICATE', leading[i % masters]!.id);
    await until('the replicas follow', async () => {
      const infos = await Promise.all(cluster.replicas.map(({ client }) => client.info('replication')));
      return infos.every((info) => info.includes('master_link_status:up'));
    });
    return cluster;
  }

  /** The value for REDIS_URL. */
  get url(): string {
    return this.masters.map(({ server }) => server.url).join(',');
  }

  /** The master that had a key's slot at the start. */
  async masterOf(key: string): Promise<Node> {
    const slot = await this.slotOf(key);
    return this.masters[Math.floor((slot * this.masters.length) / SLOTS)]!;
  }

  async slotOf(key: string): Promise<number> {
    return (await this.masters[0]!.client.call('CLUSTER', 'KEYSLOT', key)) as number;
  }

  /** Moves a key's slot to another master, one key at a time, while the slot is in use. */
  async move(key: string, to: Node): Promise<void> {
    const slot = await this.slotOf(key);
    const from = await this.masterOf(key);
    await to.client.call('CLUSTER', 'SETSLOT', slot, 'IMPORTING', from.id);
    await from.client.call('CLUSTER', 'SETSLOT', slot, 'MIGRATING', to.id);
    for (;;) {
      const keys = (await from.client.call('CLUSTER', 'GETKEYSINSLOT', slot, 10)) as string[];
      if (keys.length === 0) break;
      await from.client.call('MIGRATE', LOOPBACK, to.server.port, '', 0, 5_000, 'KEYS', ...keys);
    }
    for (const { client } of [to, from, ...this.masters])
      await client.call('CLUSTER', 'SETSLOT', slot, 'NODE', to.id);
  }

  async stop(): Promise<void> {
    await Promise.all([...this.masters, ...this.replicas].map(({ server }) => server.stop()));
  }

  private async untilInOrder(): Promise<void> {
    const all = [...this.masters, ...this.replicas];
    const [first, ...others] = all;
    await until('all nodes know each other, and the slots', async () => {
      // A handshake fails after NODE_TIMEOUT_MS, which a busy machine can exceed; MEET does not disturb one in progress.
      if (!(await known(first!)).includes(`cluster_known_nodes:${all.length}`))
        for (const { server, busPort } of others)
          await first!.client.call('CLUSTER', 'MEET', LOOPBACK, server.port, busPort);
      const infos = await Promise.all(all.map(known));
      return infos.every(
        (info) =>
          info.includes('cluster_state:ok') &&
          info.includes(`cluster_slots_assigned:${SLOTS}`) &&
          info.includes(`cluster_known_nodes:${all.length}`),
      );
    });
  }
}

/** A node's view of its cluster. */
const known = ({ client }: Node) => client.call('CLUSTER', 'INFO') as Promise<string>;

async function startNode(): Promise<Node> {
  const [port, busPort] = [await choosePort(), await choosePort()];
  const args = [
    ...['--cluster-enabled', 'yes', '--cluster-port', String(busPort)],
    ...['--cluster-config-file', testRun().path(`nodes-${port}.conf`)],
    ...['--cluster-node-timeout', String(NODE_TIMEOUT_MS), '--repl-diskless-sync-delay', '0'],
  ];
  const server = await RedisServer.start({ port, args });
  const client = server.client();
  return { server, busPort, client, id: (await client.call('CLUSTER', 'MYID')) as string };
}
