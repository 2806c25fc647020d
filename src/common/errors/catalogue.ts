/** Every error that the API answers, by its `code`. A code never changes, and is never reused with another meaning. */
export interface CatalogueEntry {
  readonly status: number;
  readonly title: string;
}

const entry = (status: number, title: string): CatalogueEntry => ({ status, title });

export const CATALOGUE = {
  malformed_json: entry(400, 'The body is not valid JSON'),
  bad_request: entry(400, 'The request cannot be understood'),
  invalid_idempotency_key: entry(400, 'The Idempotency-Key header is not valid'),
  invalid_cursor: entry(400, 'The cursor is invalid for this list'),
  unauthorized: entry(401, 'Authentication is required'),
  invalid_credentials: entry(401, 'Email or password is wrong'),
  invalid_refresh_token: entry(401, 'The refresh token is no longer valid'),
  invalid_reset_token: entry(401, 'The password reset link is no longer valid'),
  account_locked: entry(403, 'The account is locked'),
  registration_closed: entry(403, 'Registration is closed'),
  forbidden: entry(403, 'These credentials do not allow this'),
  not_found: entry(404, 'Not found'),
  method_not_allowed: entry(405, 'This route does not support the method'),
  not_acceptable: entry(406, 'The answer is not available in that form'),
  request_timeout: entry(408, 'The request took too long to arrive'),
  email_taken: entry(409, 'An account with this email exists'),
  not_failed: entry(409, 'Only a failed request can be retried or dismissed'),
  already_finished: entry(409, 'The request has already finished'),
  not_finished: entry(409, 'The request has not finished'),
  data_erased: entry(409, 'The data of the request has been erased'),
  no_callback: entry(409, 'The request has no callback to send'),
  queue_stopped: entry(409, 'The queue is still stopped'),
  type_has_handler: entry(409, 'A handler of this server already serves the type'),
  too_many_keys: entry(409, 'The account has reached its limit of API keys'),
  too_many_links: entry(409, 'The account has reached its limit of portal links'),
  lease_lost: entry(409, 'The lease of this attempt has ended'),
  webhook_secret_lost: entry(409, 'The webhook secret can no longer be read'),
  body_too_large: entry(413, 'The body is too large'),
  uri_too_long: entry(414, 'A part of the path is too long'),
  unsupported_media_type: entry(415, 'The body must be application/json'),
  validation_failed: entry(422, 'A field is not valid'),
  unknown_type: entry(422, 'No handler serves this type'),
  payload_too_large: entry(422, 'The payload is too large'),
  payload_too_deep: entry(422, 'The payload is nested too deeply'),
  idempotency_key_reused: entry(422, 'The Idempotency-Key was used with another body'),
  queue_full: entry(429, 'The queue is full'),
  storage_full: entry(429, 'The queue has reached its daily storage limit'),
  rate_limited: entry(429, 'Too many calls'),
  header_fields_too_large: entry(431, 'The headers are too large'),
  internal: entry(500, 'Something went wrong on our side'),
  unavailable: entry(503, 'The service cannot handle this right now'),
} as const satisfies Record<string, CatalogueEntry>;

export type ErrorCode = keyof typeof CATALOGUE;
