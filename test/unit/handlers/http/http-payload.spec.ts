import { payloadErrors } from '../../../../src/handlers/payload-validation';
import { HttpPayload } from '../../../../src/handlers/http/http-payload.dto';
import { retryAfterMs } from '../../../../src/handlers/http/retry-after';

const url = 'https://example.com/a?b=c';
const codes = (payload: object) =>
  payloadErrors(HttpPayload, payload).map(({ pointer, code }) => [pointer, code]);

describe('HttpPayload', () => {
  it.each([
    { url },
    { url: 'http://[::1]:8080/' },
    { url, method: 'GET' },
    { url, body: null },
    { url, body: { constructor: 1, toString: {}, 'a.b': [] } },
    { url, headers: { 'Content-Type': 'application/xml', 'X-A': '', 'x-b': 'caf\u00e9\t1', Accept: '*/*' } },
  ])('accepts %j', (payload) => expect(codes(payload)).toEqual([]));

  it.each([
    undefined,
    1,
    '',
    'example.com',
    '/path',
    'ftp://example.com/',
    'file:///etc/passwd',
    'http://user:secret@example.com/',
    'http://user@example.com/',
    'http://exa mple.com/',
    'http://exam\nple.com/',
    ' http://example.com/',
    'http://example.com:99999/',
    `http://example.com/${'a'.repeat(2_048)}`,
  ])('refuses the url %j', (wrong) =>
    expect(codes({ url: wrong })).toEqual([['/payload/url', 'is_target_url']]),
  );

  it.each(['CONNECT', 'TRACE', 'post', 1])('refuses the method %j', (method) => {
    expect(codes({ url, method })).toEqual([['/payload/method', 'is_in']]);
  });

  it.each([
    [[]],
    ['X-A: 1'],
    [{ 'X-A': 1 }],
    [{ 'X-A': ['1'] }],
    [{ 'X-A': 'a\r\nX-B: b' }],
    [{ 'X-A': 'a\nb' }],
    [{ 'X-A': 'a\u0000' }],
    [{ 'X-A': '\u2603' }],
    [{ 'X A': '1' }],
    [{ 'X-A\r\nX-B': '1' }],
    [{ 'X-A:': '1' }],
    [{ '': '1' }],
    [{ 'X-A': '1', 'x-a': '2' }],
    [{ 'X-A': 'a'.repeat(4_097) }],
    [{ ['x'.repeat(129)]: '1' }],
    [Object.fromEntries(Array.from({ length: 51 }, (_, i) => [`x-${i}`, '1']))],
    [Object.fromEntries(Array.from({ length: 5 }, (_, i) => [`x-${i}`, 'a'.repeat(4_000)]))],
  ])('refuses the headers %j', (headers) => {
    expect(codes({ url, headers })).toEqual([['/payload/headers', 'is_target_headers']]);
  });

  it.each(
    [
      'Idempotency-Key',
      'User-Agent',
      'Host',
      'Content-Length',
      'Transfer-Encoding',
      'Connection',
      'Upgrade',
      'Expect',
      'TE',
    ]
      .concat([
        'turnwise-attempt',
        'Turnwise-Anything',
        'webhook-id',
        'Webhook-Signature',
        'webhook_id',
        'Idempotency_Key',
      ])
      .flatMap((name) => [name, name.toUpperCase()]),
  )('refuses the header %s', (name) => expect(codes({ url, headers: { [name]: '1' } })).toHaveLength(1));

  it('refuses unknown fields', () => {
    expect(codes({ url, URL: url })).toEqual([['/payload/URL', 'unknown_field']]);
  });
});

describe('retryAfterMs', () => {
  const now = Date.UTC(2026, 0, 1, 12, 0, 0);

  it.each([
    ['3', 3_000],
    [' 120 ', 120_000],
    ['0', 0],
    ['Thu, 01 Jan 2026 12:00:04 GMT', 4_000],
    ['Thu, 01 Jan 2026 11:00:00 GMT', 0],
    ['Thursday, 01-Jan-26 12:00:04 GMT', 4_000],
    ['Thu Jan  1 12:00:04 2026', 4_000], // in GMT, in any time zone (jest.config.js)
    ['Thu, 01 Jan 2026 12:00:04 +0000', 4_000],
  ])('reads %j', (header, ms) => expect(retryAfterMs(header, now)).toBe(ms));

  it.each([undefined, '', '-1', '1.5', '3s', 'soon', '1e9', '0x10'])('ignores %j', (header) => {
    expect(retryAfterMs(header, now)).toBeUndefined();
  });
});
