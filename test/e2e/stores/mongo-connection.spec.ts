import type { Socket } from 'node:net';
import { Collection, Connection, createConnection } from 'mongoose';
import '../../../src/stores/mongo/told-of-close';
import { dropDatabase, uniqueDatabase } from '../../support/mongo-database';

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
