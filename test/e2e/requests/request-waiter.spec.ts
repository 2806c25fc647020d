import { createConnection } from 'mongoose';
import { Shutdown } from '../../../src/common/process/shutdown';
import { EventBus } from '../../../src/events/event-bus';
import { RequestRecord, requestsOf, RequestSchema } from '../../../src/journal/request.schema';
import { RequestWaiter } from '../../../src/requests/request-waiter.service';
import { dropDatabase, uniqueDatabase } from '../../support/mongo-database';
import { until } from '../../support/until';
import { endedDocument, requestDocument } from '../journal/record-fixture';

const uri = uniqueDatabase();
const connection = createConnection();
const model = connection.model<RequestRecord>(RequestRecord.name, RequestSchema);
const requests = requestsOf(model);
const reads: unknown[] = [];
const staying = () => new AbortController().signal;

let events: EventBus;
let waiter: RequestWaiter;
let shutdown: Shutdown;
beforeAll(async () => {
  await connection.openUri(uri, { monitorCommands: true });
  await model.init();
  connection.getClient().on('commandStarted', ({ commandName, command }) => {
    if (commandName === 'find') reads.push(command.filter);
  });
});
beforeEach(() => {
  reads.length = 0;
  events = new EventBus();
  shutdown = new Shutdown();
  waiter = new RequestWaiter(requests, events, shutdown);
});
afterEach(() => shutdown.begin());
afterAll(async () => {
  await connection.close();
  await dropDatabase(uri);
});

it('a waiter is woken by the event of its request, without a read', async () => {
  let ended = false;
  const other = waiter.untilEnded('other', 60, staying()).then(() => (ended = true));
  const mine = waiter.untilEnded('mine', 60, staying());
  events.emit('request.ended', { userId: 'u', requestId: 'mine', type: 't', status: 'failed' });
  await mine;
  expect([ended, reads]).toEqual([false, []]);
  shutdown.begin();
  await other;
});

it('one read polls for all waiters', async () => {
  const documents = Array.from({ length: 50 }, () => endedDocument());
  await requests.insertMany([...documents, requestDocument({ _id: 'still pending' })]);
  const still = waiter.untilEnded('still pending', 60, staying());
  await Promise.all(documents.map(({ _id }) => waiter.untilEnded(_id, 60, staying())));
  expect(reads).toHaveLength(1);
  await until('it looks again', () => reads.length > 1);
  expect(reads[1]).toMatchObject({ _id: { $in: ['still pending'] } });
  shutdown.begin();
  await still;
});

it('a waiter ends when its client has gone, and with the process', async () => {
  const client = new AbortController();
  const left = waiter.untilEnded('a', 60, client.signal);
  const stopped = waiter.untilEnded('b', 60, staying());
  client.abort();
  await left;
  shutdown.begin();
  await stopped;
  await waiter.untilEnded('c', 60, staying());
});
