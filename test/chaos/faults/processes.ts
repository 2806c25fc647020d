import { setTimeout as delay } from 'node:timers/promises';
import type { Role } from '../fleet';
import { openPorts } from '../open-ports';
import { between, Fault, victimOf, World } from './fault';

const end =
  (role: Role, signal: 'SIGKILL' | 'SIGTERM'): Fault =>
  async (world) => {
    const app = victimOf(world, role)?.app;
    if (!app) return;
    world.fleet.end(app, signal);
    await app.ended;
  };

/** The calls of a frozen process are marked: nothing could end them meanwhile. */
async function freeze(world: World, role: Role, ms: number): Promise<void> {
  const { app, url } = victimOf(world, role) ?? {};
  if (!app || url === undefined) return;
  app.signal('SIGSTOP');
  const ports = openPorts(app.pid, world.target.port);
  world.calls.freezeBegins(ports, url);
  await delay(ms);
  world.calls.freezeEnds(ports, url);
  app.signal('SIGCONT');
}

const freezeForALease =
  (role: Role): Fault =>
  (world) =>
    freeze(world, role, between(world, 1, 2) * world.lease);

const freezeForAView =
  (role: Role): Fault =>
  (world) =>
    freeze(world, role, world.view + between(world, 0.2, 1.5) * world.lease);

/** Like the rollout of a version: to the old one, if there is one, and back the next time. */
const restartInTurn: Fault = async ({ fleet }) => {
  fleet.changeVersion();
  for (const place of fleet.places) await fleet.restart(place);
};

export const PROCESS_FAULTS = {
  'all are restarted in turn': restartInTurn,
  'a worker is killed': end('worker', 'SIGKILL'),
  'an API is killed': end('api', 'SIGKILL'),
  'a worker is asked to end': end('worker', 'SIGTERM'),
  'an API is asked to end': end('api', 'SIGTERM'),
  'a worker is frozen for a lease': freezeForALease('worker'),
  'an API is frozen for a lease': freezeForALease('api'),
  'a worker is frozen for a view': freezeForAView('worker'),
  'an API is frozen for a view': freezeForAView('api'),
};
