import Fastify, { FastifyInstance } from 'fastify';
import { Problem } from '../../../src/common/errors/problem';
import { keepPayer } from '../../../src/common/flow/payer';
import { TimeShare } from '../../../src/common/flow/time-share';
import { bodySourceOf } from '../../../src/common/json/body-source.decorator';
import { readExactJson } from '../../../src/http/exact-json';
import { until } from '../../support/until';

function serverWith(share?: TimeShare): FastifyInstance {
  const fastify = Fastify();
  readExactJson(fastify, share);
  fastify.addHook('preParsing', (request, _reply, _payload, done) => {
    const { payer } = request.headers;
    if (typeof payer === 'string') keepPayer(request, payer);
    done();
  });
  fastify.setErrorHandler((error, _request, reply) => {
    if (!(error instanceof Problem)) throw error;
    return reply.code(error.getStatus()).headers(error.headers).send({ code: error.code });
  });
  fastify.post('/', () => ({ done: true }));
  fastify.post('/hash', (request) => ({ hash: bodySourceOf(request)!.hash() }));
  return fastify;
}

const fastify = serverWith();
afterAll(() => fastify.close());

const HEAVY = `[${'{},'.repeat(49_000)}{}]`;

const post = (body: string, payer?: string, to = fastify, url = '/') =>
  to.inject({
    method: 'POST',
    url,
    body,
    headers: { 'content-type': 'application/json', ...(payer === undefined ? {} : { payer }) },
  });

it('the parser limits its time for one account, and serves others', async () => {
  let refused: Awaited<ReturnType<typeof post>> | undefined;
  await until('it has taken its share', async () => {
    const answer = await post(HEAVY, 'heavy');
    if (answer.statusCode === 429) refused = answer;
    return refused !== undefined;
  });
  expect(refused!.headers['retry-after']).toBe('1');
  expect((await post('{}', 'heavy')).statusCode).toBe(200); // a small body takes no time
  expect((await post('{}', 'other')).statusCode).toBe(200);
  expect((await post('{}')).statusCode).toBe(200);
  await until('it may again', async () => (await post(HEAVY, 'heavy')).statusCode === 200);
});

it('the parser counts the time for the hash of a body', async () => {
  let now = 0;
  const slow = serverWith(new TimeShare(50, 10_000, () => (now += 15))); // each piece of work takes 15 ms
  const statuses = [];
  for (let i = 0; i < 3; i += 1) statuses.push((await post(HEAVY, 'heavy', slow, '/hash')).statusCode);
  expect(statuses).toEqual([200, 200, 429]);
  await slow.close();
});
