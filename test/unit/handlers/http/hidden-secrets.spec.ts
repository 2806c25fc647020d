import { answerWithoutSecrets, payloadWithoutSecrets } from '../../../../src/handlers/http/hidden-secrets';

it.each([
  [
    'headers with secret names, and nothing else',
    '{"url":"https://a.example/","headers":{"Authorization":"Bearer s","X-Shop":"ada"},"body":{"total":1.50}}',
    '{"url":"https://a.example/","headers":{"Authorization":"hidden","X-Shop":"ada"},"body":{"total":1.50}}',
  ],
  [
    'a name that is written with escapes',
    String.raw`{"url":"https://a.example/","\u0068eaders":{"\u0041uthorization":"Bearer s"}}`,
    '{"url":"https://a.example/","headers":{"Authorization":"hidden"}}',
  ],
  [
    'the query of the URL',
    '{ "url" : "https://a.example/x?code=s#y", "body": "why?" }',
    '{"url":"https://a.example/x?hidden","body":"why?"}',
  ],
  [
    'a query behind an escaped quote',
    String.raw`{"url":"https://a.example/a\"b?code=s"}`,
    String.raw`{"url":"https://a.example/a\"b?hidden"}`,
  ],
  [
    'a query that is written with escapes',
    String.raw`{"url":"https://a.example/x\u003fcode=s"}`,
    '{"url":"https://a.example/x?hidden"}',
  ],
])('hides %s', (_, payload, shown) => {
  expect(payloadWithoutSecrets(payload)).toBe(shown);
});

it('leaves a payload without secrets exactly as it is', () => {
  const payload = '{ "url": "https://a.example/x", "body": {"why": "?", "total": 1.50} }';
  expect(payloadWithoutSecrets(payload)).toBe(payload);
});

it('hides secret headers of an answer, and the text of a result that was cut', () => {
  const headers = { 'content-type': 'text/plain', 'set-cookie': ['s=1', 't=2'] };
  expect(JSON.parse(answerWithoutSecrets(JSON.stringify({ status: 200, headers, body: 'ok' })))).toEqual({
    status: 200,
    headers: { 'content-type': 'text/plain', 'set-cookie': 'hidden' },
    body: 'ok',
  });
  const cut = { truncated: true, bytes: 300_000, start: '{"status":200,"headers":{"set-cookie":"s=1"' };
  expect(JSON.parse(answerWithoutSecrets(JSON.stringify(cut)))).toEqual({ ...cut, start: 'hidden' });
});
