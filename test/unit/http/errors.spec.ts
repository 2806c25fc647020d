import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { startProbeServer } from '../../support/probe-server';
import { problem } from '../../support/problem';
import { ProbeController } from './probe.controller';

let app: NestFastifyApplication;
let url: string;
beforeAll(async () => ({ app, url } = await startProbeServer({ controllers: [ProbeController] })));
afterAll(() => app.close());

const JSON_TYPE = { 'content-type': 'application/json' };
const post = (path: string, body: string | undefined, headers: Record<string, string> = JSON_TYPE) =>
  fetch(url + path, { method: 'POST', headers, ...(body === undefined ? {} : { body }) });

describe('a body', () => {
  it.each([
    ['{"name":', JSON_TYPE, 400, 'malformed_json'],
    ['{"name":"a","__proto__":{}}', JSON_TYPE, 400, 'malformed_json'],
    ['name=a', { 'content-type': 'application/x-www-form-urlencoded' }, 415, 'unsupported_media_type'],
    ['{"name":"a"}', { 'content-type': 'application/json; charset=latin1' }, 415, 'unsupported_media_type'],
    [`"${'x'.repeat(1024 * 1024)}"`, JSON_TYPE, 413, 'body_too_large'],
    [`[${'1,'.repeat(100_000)}1]`, JSON_TYPE, 413, 'body_too_large'],
  ])('is refused if it is %.30s', async (body, headers, status, code) => {
    const answer = await post('/things', body, headers);
    expect(answer.status).toBe(status);
    expect((await problem(answer)).code).toBe(code);
  });

  it('is refused if it is compressed, because it would be misread', async () => {
    const answer = await post('/things', '{"name":"a"}', { ...JSON_TYPE, 'content-encoding': 'gzip' });
    expect([answer.status, (await problem(answer)).code]).toEqual([415, 'unsupported_media_type']);
  });

  it.each([
    [
      '{"all":true,"a/b":1}',
      [
        ['/all', 'unknown_field'],
        ['/a~1b', 'unknown_field'],
      ],
    ],
    ['7', [['', 'unknown_field']]],
  ])('is refused where none is read: %s', async (body, expected) => {
    const answer = await post('/bodyless', body);
    const { code, errors } = await problem(answer);
    expect([answer.status, code]).toEqual([422, 'validation_failed']);
    expect(errors?.map((error) => [error.pointer, error.code])).toEqual(expected);
  });

  it('may be missing if none is needed, whatever its content type', async () => {
    expect((await post('/bodyless', undefined)).status).toBe(201);
    expect((await post('/bodyless', '{}')).status).toBe(201);
    expect(
      (await post('/bodyless', '', { 'content-type': 'application/x-www-form-urlencoded' })).status,
    ).toBe(201);
  });

  it('gives a controller the exact text of a field', async () => {
    const answer = await post('/things', '{"name":"n", "payload": {"n": 1.10,"e":{}} }', {
      'content-type': 'application/json; charset=UTF-8',
    });
    expect(await answer.json()).toEqual({ name: 'n', text: '{"n": 1.10,"e":{}}' });
  });
});

describe('validation', () => {
  const codes = async (answer: Response) => {
    expect(answer.status).toBe(422);
    const { code, errors } = await problem(answer);
    expect(code).toBe('validation_failed');
    return errors?.map((error) => [error.pointer, error.code]);
  };

  it('names fields by JSON Pointer, also in arrays, and refuses unknown ones', async () => {
    const body = '{"items":[{"name":"a"},{"name":1}],"ad/min~":true}';
    expect(await codes(await post('/things', body))).toEqual(
      expect.arrayContaining([
        ['/name', 'is_string'],
        ['/items/1/name', 'is_string'],
        ['/ad~1min~0', 'unknown_field'],
      ]),
    );
  });

  it('names query parameters by ?name, and does not convert text to a boolean', async () => {
    expect(await codes(await fetch(`${url}/things?limit=201&all=false`))).toEqual(
      expect.arrayContaining([
        ['?limit', 'max'],
        ['?all', 'is_boolean'],
      ]),
    );
  });

  it('refuses a key that every object inherits', async () => {
    expect(await codes(await post('/things', '{"name":"a","toString":1}'))).toEqual([
      ['/toString', 'unknown_field'],
    ]);
    expect(await codes(await fetch(`${url}/things?valueOf=1`))).toEqual([['?valueOf', 'unknown_field']]);
    expect(await codes(await post('/things', '{"name":"a","items":[{"name":"b","constructor":1}]}'))).toEqual(
      [['/items/0/constructor', 'unknown_field']],
    );
  });

  it.each([
    '{"name":"a","x":{"constructor":1}}',
    '{"name":{"constructor":1}}',
    '{"x":[{"constructor":"y"}]}',
  ])('refuses %s, whose constructor would be taken for a class', async (body) =>
    expect(await codes(await post('/things', body))).toEqual([['', 'unreadable']]),
  );

  it('refuses a field that Nest would remove', async () => {
    expect(await codes(await post('/things', '{"name":"a","prototype":{"role":"admin"}}'))).toEqual([
      ['/prototype', 'unknown_field'],
    ]);
  });

  it.each([
    ['fields', Object.fromEntries(Array.from({ length: 1_001 }, (_, i) => [`f${i}`, 1]))],
    ['items', { name: 'a', items: Array.from({ length: 5_000 }, () => ({})) }],
    ['numbers', { name: 'a', items: Array.from({ length: 1_001 }, () => 0) }],
    ['lists for a name', { name: Array.from({ length: 1_001 }, () => []) }],
    ['unknown ones', { name: 'a', more: Array.from({ length: 5_000 }, () => ({})) }],
  ])('does not read a body with too many %s (P5)', async (_, body) => {
    expect(await codes(await post('/things', JSON.stringify(body)))).toEqual([['', 'too_complex']]);
  });

  it('names only some of many wrong fields', async () => {
    const body = Object.fromEntries(Array.from({ length: 100 }, (_, i) => [`f${i}`, 1]));
    const { errors, detail } = await problem(await post('/things', JSON.stringify({ name: 'a', ...body })));
    expect(errors).toHaveLength(32);
    expect(detail).toMatch(/; and 68 more$/);
  });

  it.each(['[]', '"text"', 'null', '7'])('refuses %s as a body', async (body) => {
    expect(await codes(await post('/things', body))).toEqual([['', 'is_object']]);
  });

  it('names the missing fields of a missing body', async () => {
    expect(await codes(await post('/things', undefined, {}))).toEqual([['/name', 'is_string']]);
  });
});

describe('errors', () => {
  it('reveal nothing about a bug', async () => {
    const answer = await fetch(`${url}/fails/bug`);
    expect(answer.status).toBe(500);
    const body = await problem(answer);
    expect(body.code).toBe('internal');
    expect(JSON.stringify(body)).not.toContain('hunter2');
  });

  it('are 503 with Retry-After while a store is away, without its address', async () => {
    const answer = await fetch(`${url}/fails/store`);
    expect([answer.status, answer.headers.get('retry-after')]).toEqual([503, '1']);
    expect(JSON.stringify(await problem(answer))).not.toContain('10.0.0.7');
  });

  it('have a code if Nest throws them, and the headers of the catalogue', async () => {
    expect((await problem(await fetch(`${url}/fails/nest`))).code).toBe('unauthorized');
    const full = await fetch(`${url}/fails/full`);
    expect([full.status, full.headers.get('retry-after')]).toEqual([429, '3']);
  });
});
