import createClient from 'openapi-fetch';
import type { components, paths } from './schema.js';

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
}

/**
 * A client of Turnwise: every route, parameter, body and error is typed by the OpenAPI document. A call resolves with
 * `{ data, error, response }`, of which `error` is a problem of the catalogue; it rejects if there was no answer.
 */
export const createTurnwise = ({ url, credential, customer, fetch }: TurnwiseOptions) =>
  createClient<paths>({
    baseUrl: url,
    ...(fetch === undefined ? {} : { fetch }),
    headers: {
      ...(credential === undefined ? {} : { Authorization: `Bearer ${credential}` }),
      ...(customer === undefined ? {} : { 'Turnwise-User': customer }),
    },
  });
