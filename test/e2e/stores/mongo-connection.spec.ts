import type { Socket } from 'node:net';
import { Collection, Connection, createConnection } from 'mongoose';
import { problemOf } from '../../../src/http/problem-of';
import '../../../src/stores/mongo/told-of-close';
import { dropDatabase, uniqueDatabase } from '../../support/mongo-database';
import { MongoMember } from '../../support/mongo-set';

interface Client {
  readonly topology: {
    readonly s: {
      readonly servers: ReadonlyMap<
        string,
        { readonly pool: { readonly connections: Iterable<{ readonly socket: Socket }> } }
      >;
    };
  };
}

describe('a call on a closed connection whose end the driver has not noticed', () => {
  const uri = uniqueDatabase();
  let connection: Connection;
  let collection: Collection;
  beforeEach(async () => {
    connection = await createConnection(uri).asPromise();
    collection = connection.collection('things');
    await collection.insertOne({ a: 1 });
  });
  afterEach(() => connection.close());
  afterAll(() => dropDatabase(uri));

  /** Closes the connections that the next call would use. */
  function closeSockets(): void {
    const { topology } = connection.getClient() as unknown as Client;
    const pools = [...topology.s.servers.values()].map(({ pool }) => pool);
    const sockets = pools.flatMap((pool) => [...pool.connections].map(({ socket }) => socket));
    expect(sockets.length).toBeGreaterThan(0);
    for (const socket of sockets) socket.destroy();
  }

  it('fails instead of waiting forever (P3, P5)', async () => {
    closeSockets();
    await expect(collection.updateMany({}, { $set: { a: 2 } })).rejects.toThrow('closed');
    await expect(collection.updateMany({}, { $set: { a: 2 } })).resolves.toMatchObject({ matchedCount: 1 });
  });

  it('is sent again if it may be repeated', async () => {
    closeSockets();
    expect(await collection.findOne({})).toMatchObject({ a: expect.any(Number) as number });
  });
});

it('answers a call that meets a server which is not the primary with 503, as in a failover', async () => {
  const member = await MongoMember.start(); // of no set yet
  const uri = `mongodb://127.0.0.1:${member.port}/any?directConnection=true`;
  const connection = await createConnection(uri).asPromise();
  const things = connection.collection('things');
  const calls: readonly (() => Promise<unknown>)[] = [
    () => things.updateMany({}, { $set: { a: 2 } }),
    () => things.bulkWrite([{ updateMany: { filter: {}, update: { $set: { a: 2 } } } }]),
    () => things.insertOne({ a: 1 }),
    () => things.findOne({}),
  ];
  for (const call of calls) {
    const error = await call().then(
      () => undefined,
      (thrown: unknown) => thrown,
    );
    expect(problemOf(error)).toMatchObject({ code: 'unavailable', cause: error });
  }
  await connection.close();
  await member.stop();
});
