import createClient from 'openapi-fetch';
import { withRetries } from './retries';
import type { components, paths } from './schema';

/** The bodies of the API by their names in the document: `Schemas['RequestDto']`. */
export type Schemas = components['schemas'];

export interface TurnwiseOptions {
  /** Where the service is, e.g. `http://localhost:8085`, or with the path that a proxy puts before it. */
  readonly url: string;
  /** An access token or an API key; without one only the routes under `/auth` that need none can be called. */
  readonly credential?: string;
  /** Your own id of the customer to act for; the credential must be a key with the scope `act-as`. */
  readonly customer?: string;
  /** What sends the calls, instead of the global `fetch`: to renew a token, or to go through a proxy. */
  readonly fetch?: (request: Request) => Promise<Response>;
  /** How often a call is repeated at most; 4 by default, 0 switches it off. */
  readonly retries?: number;
}

/**
 * A client of Turnwise: every route, parameter, body and error is typed by the OpenAPI document. A call resolves with
 * `{ data, error, response }`, of which `error` is a problem of the catalogue; it rejects if there was no answer.
 *
 * A call is repeated after a 429, and, if it is safe to repeat, after a 5xx or no answer. For this, each enqueue has an
 * `Idempotency-Key`: yours, or one of its own. The `signal` of a call ends the repeats.
 */
export const createTurnwise = ({ url, credential, customer, fetch, retries = 4 }: TurnwiseOptions) =>
  withRetries(
    createClient<paths>({
      baseUrl: url,
      ...(fetch === undefined ? {} : { fetch }),
      headers: {
        ...(credential === undefined ? {} : { Authorization: `Bearer ${credential}` }),
        ...(customer === undefined ? {} : { 'Turnwise-User': customer }),
      },
    }),
    retries,
  );
