import { createTurnwise, Schemas } from '../../client';

/** From an account to a result, as in the README, by the typed client. */
export async function session(url: string, email: string, password: string): Promise<Schemas['RequestDto']> {
  const visitor = createTurnwise({ url });
  await visitor.POST('/auth/register', { body: { email, password } });
  const { data: tokens, error: refusal } = await visitor.POST('/auth/login', { body: { email, password } });
  if (tokens === undefined) throw new Error(refusal.detail);

  const turnwise = createTurnwise({ url, credential: tokens.accessToken });
  // 202: on record, and in line. The first holds the turn, the second waits for it.
  await turnwise.POST('/enqueue', { body: { type: 'sleep', payload: { ms: 300 } } });
  const { data: accepted, error } = await turnwise.POST('/enqueue', {
    params: { header: { 'Idempotency-Key': 'order-1' } },
    body: { type: 'echo', payload: { total: 12.5 } },
  });
  if (accepted === undefined) throw new Error(`${error.code}: ${error.detail}`);

  const { data: request } = await turnwise.GET('/requests/{id}', {
    params: { path: { id: accepted.id }, query: { wait: 30 } },
  });
  if (request === undefined) throw new Error('The request is gone.');
  return request;
}
