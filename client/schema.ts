// Generated from openapi.json by `npm run generate`.

export interface paths {
  '/admin/overview': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Get the state of the whole service */
    get: operations['getOverview'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/admin/stuck': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Find users whose queue is stuck: who, why, since when, and the cure
     * @description Unknown values are `null`. The work of one call is bounded at any size of installation: for each shard it looks at up to 1,000 users who are being served, at 500 per lane who wait for a time, and at `limit` users for each other reason.
     */
    get: operations['listStuck'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/admin/throughput': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Get the number of requests accepted, ended and failed per minute */
    get: operations['getThroughput'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/admin/types/{type}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    /**
     * Declare a type for external workers
     * @description Takes effect on every process within 5 seconds. Requests accepted earlier are not checked again.
     */
    put: operations['declareType'];
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/admin/users': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Find users: accounts and their customers */
    get: operations['listUsers'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/admin/users/{id}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    post?: never;
    /**
     * Erase a user: an account with its customers, or one customer
     * @description All calls as this user are refused from now on. Cancels waiting requests, aborts the running one, then removes everything but a record of the erasure and who asked for it. Safe to repeat.
     */
    delete: operations['eraseUser'];
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/admin/users/{id}/erasure': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Get the progress of the erasure of a user */
    get: operations['getUserErasure'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/admin/users/{id}/limits': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    /**
     * Limit the depth and the start rate of a user's queue
     * @description Omitted fields are unchanged; `null` restores the default.
     */
    put: operations['limitUser'];
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/admin/users/{id}/queue': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Get a user's queue */
    get: operations['getUserQueue'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/admin/users/{id}/queue/pause': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Pause a user's queue
     * @description Independent of the pause by the user, who cannot lift this one. The running request finishes; nothing else starts.
     */
    post: operations['pauseUserQueue'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/admin/users/{id}/queue/requests': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    post?: never;
    /** Cancel everything waiting in a user's queue */
    delete: operations['purgeUserQueue'];
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/admin/users/{id}/queue/resume': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Resume a user's queue
     * @description Lifts every pause, by an admin or by the user. 200 means that nothing stops the queue. If a failed request halts the queue, the answer is 409 `queue_stopped` and names the request.
     */
    post: operations['resumeUserQueue'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/admin/users/{id}/requests': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** List a user's requests, newest first unless `order` says otherwise */
    get: operations['listUserRequests'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/admin/users/{id}/requests/{requestId}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Get a user's request */
    get: operations['getUserRequest'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/admin/users/{id}/requests/{requestId}/cancel': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Cancel a user's request
     * @description Same as `POST /requests/{id}/cancel` for the user: the next request runs. Safe to repeat.
     */
    post: operations['cancelUserRequest'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/admin/users/{id}/requests/{requestId}/dismiss': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Dismiss a user's failed request permanently
     * @description Same as `POST /requests/{id}/dismiss` for the user. The request no longer halts the queue.
     */
    post: operations['dismissUserRequest'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/admin/users/{id}/requests/{requestId}/retry': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Retry a user's failed request
     * @description Same as `POST /requests/{id}/retry` for the user. The request no longer halts the queue; one that is `retrying` does not wait any longer.
     */
    post: operations['retryUserRequest'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/admin/users/{id}/requests/cancel': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Cancel all matching requests of a user */
    post: operations['cancelUserRequests'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/admin/users/{id}/requests/dismiss': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Dismiss all matching failed requests of a user permanently */
    post: operations['dismissUserRequests'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/admin/users/{id}/requests/retry': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Retry all matching failed requests of a user
     * @description They run in the order of their `seq`.
     */
    post: operations['retryUserRequests'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/auth/api-keys': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** List your API keys, newest first */
    get: operations['listApiKeys'];
    put?: never;
    /**
     * Create an API key
     * @description Send the key as a bearer token. A key can never do more than its account.
     */
    post: operations['createApiKey'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/auth/api-keys/{id}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    post?: never;
    /** Delete one of your API keys; it stops working at once */
    delete: operations['endApiKey'];
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/auth/login': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Log in */
    post: operations['login'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/auth/logout': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Log out; the tokens stop working at once
     * @description API keys stay valid until they expire or are deleted, unless `keys` is true.
     */
    post: operations['logout'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/auth/me': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Get your account */
    get: operations['getMe'];
    put?: never;
    post?: never;
    /**
     * Delete your account and all its data
     * @description Requires the password. Every session and API key stops working at once. Waiting requests are cancelled, those of your customers too; running requests are aborted.
     */
    delete: operations['endMe'];
    options?: never;
    head?: never;
    /** Change your account */
    patch: operations['changeMe'];
    trace?: never;
  };
  '/auth/password': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Change your password; all other sessions end at once
     * @description API keys stay valid.
     */
    post: operations['changePassword'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/auth/password/reset': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Set a new password with the token of a one-time link; all sessions end at once
     * @description An operator creates the link with `npm run admin -- reset-password EMAIL`. API keys stay valid, unless `endKeys` is true.
     */
    post: operations['resetPassword'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/auth/refresh': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Exchange a refresh token for new tokens
     * @description Each refresh token works once. Repeating the call within 10 seconds returns the same answer; after that, reusing the token ends the session. The session ends SESSION_MAX_DAYS (90) after the login; then the user must log in again.
     */
    post: operations['refresh'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/auth/register': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Create an account */
    post: operations['register'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/auth/sessions': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** List your sessions, newest first */
    get: operations['listSessions'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/auth/sessions/{id}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    post?: never;
    /** End one of your sessions; its tokens stop working at once */
    delete: operations['endSession'];
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/customers/{customer}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    post?: never;
    /**
     * Erase a customer
     * @description Cancels waiting requests, aborts the running one, then removes all requests, settings, limits, idempotency keys, callbacks, events and the webhook secret. A later enqueue creates a new, empty queue. Safe to repeat.
     */
    delete: operations['eraseCustomer'];
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/customers/{customer}/erasure': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Get the progress of the erasure of a customer */
    get: operations['getCustomerErasure'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/enqueue': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Add a request to your queue
     * @description 202 is durable: the request is recorded and has its place in the queue. After a 4xx the request was not accepted. After a 5xx or no answer the outcome is unknown; repeat the call with the same Idempotency-Key to find out.
     */
    post: operations['enqueue'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/enqueue/batch': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Add several requests to your queue, all or none
     * @description The requests are adjacent in the queue, in the order of the batch.
     */
    post: operations['enqueueBatch'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/events': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Stream events for your requests and queue (SSE)
     * @description Server-sent events, in the order in which they happened, at least once: `request.accepted`, `.started`, `.progress`, `.retrying`, `.succeeded`, `.failed`, `.cancelled`, `.dismissed`, `queue.paused`, `.resumed`, `.halted`, `.released`. Send the last `id` as `Last-Event-ID` to continue after it; `reset` means that it is too old, so reload your state. A comment is sent every 15 s. The stream ends with the session, the API key, the portal link, or the access token.
     */
    get: operations['streamEvents'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/health/live': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** The process runs */
    get: operations['live'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/health/ready': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Whether the process can serve an enqueue now */
    get: operations['ready'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/metrics': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Get the metrics of this process */
    get: operations['metrics'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/portal-links': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** List your portal links, newest first */
    get: operations['listPortalLinks'];
    put?: never;
    /**
     * Create a link that opens the API and the console for one customer
     * @description Send the token of the link as a bearer token. The link can read (and with `manage` change) the queue and the requests of this customer, and nothing else. It ends at `expiresAt`, by `DELETE`, when the session or API key that created it ends, or when the customer is erased.
     */
    post: operations['createPortalLink'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/portal-links/{id}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    post?: never;
    /** Delete a portal link; it stops working at once */
    delete: operations['endPortalLink'];
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/portal-links/current': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Get the portal link of this token
     * @description For the console: the customer, the scope, the expiry, and the name and colour to show. 404 with any other credential.
     */
    get: operations['getPortalLink'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/queue': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Get your queue */
    get: operations['getQueue'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    /** Choose how your queue handles failures */
    patch: operations['changeQueue'];
    trace?: never;
  };
  '/queue/audit': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Check your latest requests against the promises
     * @description Checks from the recorded attempts that the requests ran one at a time and in order. A retried request counts by its first start.
     */
    get: operations['auditQueue'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/queue/pause': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Pause your queue
     * @description The running request finishes; nothing else starts, retries included. The queue still accepts requests.
     */
    post: operations['pauseQueue'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/queue/requests': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    post?: never;
    /**
     * Cancel everything waiting in your queue
     * @description Includes scheduled requests and those waiting for a retry. The running request finishes.
     */
    delete: operations['purgeQueue'];
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/queue/resume': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Resume your queue
     * @description Lifts your pause. If a failed request halts the queue, or an admin has paused it, the answer is 409 `queue_stopped` and says so: 200 means that nothing stops the queue.
     */
    post: operations['resumeQueue'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/requests': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** List your requests, newest first unless `order` says otherwise */
    get: operations['listRequests'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/requests/{id}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Get a request, optionally waiting until it ends */
    get: operations['getRequest'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/requests/{id}/callback/resend': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Resend the callback
     * @description Sends the callback again at once, with the same `webhook-id` and a full set of attempts, whether it had failed or was delivered. A callback that is still being sent is left alone.
     */
    post: operations['resendCallback'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/requests/{id}/cancel': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Cancel a request
     * @description A waiting request never runs. A running request is cancelled at once and its handler is told to stop; the next request starts when that handler has really ended, and the attempt is recorded then. Safe to repeat.
     */
    post: operations['cancelRequest'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/requests/{id}/data': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    post?: never;
    /**
     * Erase the data of a request that has ended
     * @description Erases the payload, the result, error messages and details, and the logs and responses of its attempts. Its place in the order, times, status and attempts stay. The request can no longer be retried. Safe to repeat.
     */
    delete: operations['eraseRequestData'];
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/requests/{id}/dismiss': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Dismiss a failed request permanently */
    post: operations['dismissRequest'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/requests/{id}/retry': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Retry a failed request
     * @description The request returns to its old place (`seq`), so it runs next, once the running request has finished. It may use all its attempts again, counted from 1.
     *
     *     A request that is `retrying` does not wait any longer: its next attempt starts now, unless the queue is paused, halted or limited. It counts as usual.
     */
    post: operations['retryRequest'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/requests/cancel': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Cancel all your matching requests
     * @description Cancels waiting requests and the running one.
     */
    post: operations['cancelRequests'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/requests/dismiss': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Dismiss all your matching failed requests permanently
     * @description They will not be retried, and no longer halt the queue.
     */
    post: operations['dismissRequests'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/requests/retry': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Retry all your matching failed requests
     * @description They run in the order of their `seq`.
     */
    post: operations['retryRequests'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/types': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** List the request types */
    get: operations['listTypes'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/webhooks/secret': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Get the secret that signs your deliveries
     * @description The secret is created at its first use. Deliveries are signed according to Standard Webhooks.
     */
    get: operations['getWebhookSecret'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/webhooks/secret/rotate': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Rotate the secret that signs your deliveries
     * @description For 24 hours every delivery also has a signature by the old secret, at most five in all. Switch your receivers to the new secret within that time.
     */
    post: operations['rotateWebhookSecret'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/work/{id}/complete': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Report that an attempt succeeded
     * @description After a 5xx or no answer, repeat the call: the outcome is recorded once.
     */
    post: operations['completeWork'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/work/{id}/extend': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Extend a lease; the response says whether cancellation was requested
     * @description Safe to repeat.
     */
    post: operations['extendWork'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/work/{id}/fail': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Report that an attempt failed
     * @description If attempts are left, the request runs again in its place, after its backoff. After a 5xx or no answer, repeat the call: the outcome is recorded once.
     */
    post: operations['failWork'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/work/claim': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Claim requests of external types
     * @description Answers as soon as a request is available; returns an empty list when the wait is over. Each item belongs to a different user. That user's next request waits until this one ends or its lease expires.
     */
    post: operations['claimWork'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
}
export type webhooks = Record<string, never>;
export interface components {
  schemas: {
    AcceptedBatchDto: {
      /** @description Adjacent in the queue. */
      items: components['schemas']['AcceptedDto'][];
    };
    AcceptedDto: {
      /**
       * Format: date-time
       * @description When it was accepted.
       * @example 2026-03-01T09:30:00.123Z
       */
      createdAt: string;
      /**
       * @description The request's id.
       * @example 019cb0a4-7a4e-7c3e-9d57-2f4f7a1f6a11
       */
      id: string;
      /**
       * Format: int64
       * @description Number of the user's requests that start before it; absent while it is scheduled.
       * @example 0
       */
      position?: number;
      /**
       * Format: int64
       * @description Its place in the order of the user's requests: a timestamp in microseconds that always grows.
       * @example 1772357400123456
       */
      seq: number;
      /**
       * @description Its status when it was accepted.
       * @example queued
       * @enum {string}
       */
      status: 'queued' | 'scheduled';
      /**
       * @description The name of its handler.
       * @example http
       */
      type: string;
    };
    AdminQueueDto: {
      /** @description The name and prefix under which Bull tools find the queue. */
      bull: components['schemas']['BullQueueDto'];
      /**
       * Format: int64
       * @description Requests that wait or run, not counting those scheduled for later.
       * @example 3
       */
      depth: number;
      /**
       * Format: double
       * @description Requests that succeed or fail per minute, by the latest 20; null with fewer than three.
       * @example 30
       */
      drainPerMinute: number | null;
      /**
       * @description The failed request that halts the queue, until it is retried or dismissed.
       * @example 019cb0a4-7a4e-7c3e-9d57-2f4f7a1f6a11
       */
      haltedBy?: string;
      /** @description The limits of the queue. */
      limits: components['schemas']['QueueLimitsDto'];
      /**
       * Format: date-time
       * @description When the next request may start, if that is in the future because of a backoff, a schedule, or a rate.
       * @example 2026-03-01T09:30:02.000Z
       */
      nextDueAt?: string;
      /**
       * Format: int64
       * @description How long the next request has waited since it was accepted; 0 if none waits.
       * @example 1200
       */
      oldestWaitMs: number;
      /**
       * @description What happens when a request fails permanently; change it with `PATCH /queue`.
       * @example continue
       * @enum {string}
       */
      onFailure: 'continue' | 'halt' | 'cancel-rest';
      /** @description The request that is running; absent if none is. */
      running?: components['schemas']['RunningDto'];
      /**
       * Format: int64
       * @description Requests scheduled for a future time.
       * @example 0
       */
      scheduled: number;
      /**
       * @description The first that applies: a failed request halts the queue; it is paused; a request is running; requests wait or
       *     are scheduled; nothing is pending.
       * @example busy
       * @enum {string}
       */
      state: 'halted' | 'paused' | 'busy' | 'waiting' | 'idle';
      /** @description Everything that keeps the queue from starting requests; empty if nothing does. */
      stoppedBy: components['schemas']['StopDto'][];
    };
    AdminUserDto: {
      /**
       * Format: date-time
       * @description When the account was created, or when the customer was first used.
       * @example 2026-03-01T09:30:00.000Z
       */
      createdAt: string;
      /**
       * @description For a customer: the ID that the account uses in `Turnwise-User`.
       * @example null
       */
      customerId: string | null;
      /**
       * Format: email
       * @description Of an account.
       * @example ada@example.com
       */
      email: string | null;
      /**
       * @description The user id, which names the queue.
       * @example 0198c5d2-6f0b-7c3e-9d57-2f4f7a1f6a11
       */
      id: string;
      /**
       * @description `account`: can log in; `customer`: belongs to an account, which acts for them with an API key.
       * @example account
       * @enum {string}
       */
      kind: 'account' | 'customer';
      /**
       * @description Of an account, if one was given.
       * @example Ada
       */
      name: string | null;
      /**
       * Format: email
       * @description For a customer: the email of that account; `null` if it is being erased.
       * @example null
       */
      ownerEmail: string | null;
      /**
       * @description For a customer: the account that they belong to.
       * @example null
       */
      ownerId: string | null;
      /**
       * @description Of an account.
       * @example user
       * @enum {string|null}
       */
      role: 'user' | 'admin' | null;
    };
    AdminUserPageDto: {
      /** @description The newest first. */
      items: components['schemas']['AdminUserDto'][];
      /**
       * @description The `cursor` of the next page; `null` on the last page.
       * @example null
       */
      nextCursor: string | null;
    };
    ApiKeyDto: {
      /**
       * Format: date-time
       * @description When it was made.
       * @example 2026-03-01T09:30:00.000Z
       */
      createdAt: string;
      /**
       * Format: date-time
       * @description When the key expires; `null` if never.
       * @example 2027-03-01T00:00:00.000Z
       */
      expiresAt: string | null;
      /**
       * @description Opaque.
       * @example 0198c5d2-6f0b-7c3e-9d57-2f4f7a1f6a11
       */
      id: string;
      /**
       * Format: date-time
       * @description When the key was last used, to the minute; `null` if never.
       * @example 2026-03-01T11:00:00.000Z
       */
      lastUsedAt: string | null;
      /**
       * @description The name of the key.
       * @example order service
       */
      name: string;
      /**
       * @description What the key may do, within the rights of its account.
       * @example [
       *       "enqueue",
       *       "read"
       *     ]
       */
      scopes: ('enqueue' | 'read' | 'manage' | 'work' | 'admin' | 'act-as')[];
      /**
       * @description The start of the key, to identify it.
       * @example tw_0198c5d26f0b7c3e9d572f4f7a1f6a11
       */
      start: string;
    };
    ApiKeyPageDto: {
      /** @description The newest first. */
      items: components['schemas']['ApiKeyDto'][];
      /**
       * @description The `cursor` of the next page; `null` on the last page.
       * @example null
       */
      nextCursor: string | null;
    };
    AttemptDto: {
      /** @description Why the attempt failed; for a lost attempt, how its process ended, if known. */
      error?: components['schemas']['RequestErrorDto'];
      /**
       * Format: date-time
       * @description When its handler ended, or its external worker reported the end, or its time was up; absent if the attempt was lost
       *     with its worker.
       * @example 2026-03-01T09:30:00.390Z
       */
      finishedAt?: string;
      /** @description The latest 20 lines that its handler logged, oldest first; not in lists. */
      log?: components['schemas']['LogLineDto'][];
      /**
       * Format: int64
       * @description From 1. An attempt that was lost with its worker has the same number as the attempt that repeats it.
       * @example 1
       */
      number: number;
      /**
       * @description `lost`: the worker died or lost the lease; this does not count as a failed attempt.
       * @example failed
       * @enum {string}
       */
      outcome: 'succeeded' | 'failed' | 'timed_out' | 'cancelled' | 'lost';
      /** @description Its last reported progress, if any. */
      progress?: components['schemas']['ProgressDto'];
      /**
       * Format: date-time
       * @description When its worker got the request, just before the handler starts; absent if that was lost with the worker.
       * @example 2026-03-01T09:30:00.130Z
       */
      startedAt?: string;
      /**
       * @description The worker that ran it; `hidden` for a portal link.
       * @example worker-1
       */
      worker: string;
    };
    AuditDto: {
      /**
       * Format: int64
       * @description The number of requests checked.
       * @example 200
       */
      checked: number;
      /**
       * @description Whether every promise was kept.
       * @example true
       */
      clean: boolean;
      /** @description The violations found. */
      violations: components['schemas']['ViolationDto'][];
    };
    BackoffDto: {
      /**
       * Format: int32
       * @description The first wait, in milliseconds.
       * @example 1000
       */
      delayMs: number;
      /**
       * Format: int32
       * @description The longest wait, in milliseconds. Default: one hour, or `delayMs` if that is longer.
       * @example 3600000
       */
      maxDelayMs?: number;
      /**
       * @description `fixed`: the same wait each time; `exponential`: the wait doubles each time, with jitter.
       * @example exponential
       * @enum {string}
       */
      type: 'exponential' | 'fixed';
    };
    BatchItemDto: {
      /** @description The wait between attempts. Default: exponential, from 1 second to 1 hour. */
      backoff?: components['schemas']['BackoffDto'];
      /**
       * @description URL that receives a signed POST when the request ends. The callback does not hold up the queue. `http:` or
       *     `https:`, at most 2,048 characters.
       * @example https://example.com/ended
       */
      callbackUrl?: string;
      /**
       * Format: int32
       * @description After this many failed attempts the request fails permanently.
       * @default 5
       * @example 5
       */
      maxAttempts?: number;
      /**
       * @description Any JSON value that the type accepts, up to 256 KiB and 64 levels deep. It is stored and passed on exactly as written.
       * @example {
       *       "url": "https://example.com/hook",
       *       "body": {
       *         "n": 1
       *       }
       *     }
       */
      payload: unknown;
      /**
       * @description Up to 16 words of 1 to 64 characters, for searching.
       * @example [
       *       "invoice"
       *     ]
       */
      tags?: string[];
      /**
       * Format: int32
       * @description The time limit of one attempt, in milliseconds. The operator may have set a lower maximum.
       * @default 30000
       * @example 30000
       */
      timeoutMs?: number;
      /**
       * @description The request type, which selects the handler or external worker.
       * @example http
       */
      type: string;
    };
    BulkDto: {
      /**
       * @description `{}` means all. Requests to which the operation does not apply are skipped.
       * @example {
       *       "type": "http",
       *       "from": "2026-03-01T00:00:00Z"
       *     }
       */
      filter: components['schemas']['BulkFilterDto'];
      /**
       * @description If true, nothing is changed; `count` says how many requests would be affected.
       * @default false
       * @example false
       */
      preview?: boolean;
    };
    BulkFilterDto: {
      /**
       * Format: date-time
       * @description Accepted at or after this time (RFC 3339 with offset).
       * @example 2026-03-01T00:00:00Z
       */
      from?: string;
      /**
       * @description With any of these statuses; the parameter may be repeated.
       * @example [
       *       "queued",
       *       "active"
       *     ]
       */
      status?: (
        'scheduled' | 'queued' | 'active' | 'retrying' | 'succeeded' | 'failed' | 'cancelled' | 'dismissed'
      )[];
      /**
       * @description With this tag.
       * @example invoice
       */
      tag?: string;
      /**
       * Format: date-time
       * @description Accepted before this time (RFC 3339 with offset).
       * @example 2026-03-02T00:00:00Z
       */
      to?: string;
      /**
       * @description Of this type.
       * @example http
       */
      type?: string;
    };
    BulkResultDto: {
      /**
       * Format: int64
       * @description The number of requests affected, or with `preview`, that would be affected.
       * @example 12
       */
      count: number;
    };
    BullCountsDto: {
      /**
       * Format: int64
       * @description In `active`: 1 at most, the one whose user is leased.
       * @example 1
       */
      active: number;
      /**
       * Format: int64
       * @description In `delayed`: scheduled requests.
       * @example 0
       */
      delayed: number;
      /**
       * Format: int64
       * @description In `wait`.
       * @example 2
       */
      waiting: number;
    };
    BullQueueDto: {
      /** @description Bull's counts. */
      counts: components['schemas']['BullCountsDto'];
      /**
       * @description The user's id.
       * @example 0198c5d2-6f0b-7c3e-9d57-2f4f7a1f6a11
       */
      name: string;
      /**
       * @description The tag of the user's shard.
       * @example {tw7}
       */
      prefix: string;
    };
    CallbackDto: {
      /**
       * Format: int64
       * @description Attempts so far.
       * @example 1
       */
      attempts: number;
      /**
       * Format: date-time
       * @description When the callback was delivered or given up.
       * @example 2026-03-01T09:30:01.000Z
       */
      finishedAt?: string;
      /** @description Why the last attempt failed. */
      lastError?: components['schemas']['CallbackErrorDto'];
      /**
       * Format: int64
       * @description The HTTP status of the target's last response.
       * @example 204
       */
      lastStatus?: number;
      /**
       * Format: date-time
       * @description While `sending`: when the next attempt is made at the latest, unless the current one succeeds.
       * @example 2026-03-01T09:30:02.000Z
       */
      nextAttemptAt?: string;
      /**
       * @description `waiting`: the request has not ended; `sending`: an attempt is running or due; `delivered`; or `failed` permanently.
       * @example delivered
       * @enum {string}
       */
      status: 'waiting' | 'sending' | 'delivered' | 'failed';
      /**
       * @description The callback URL; for a portal link only its origin.
       * @example https://example.com/ended
       */
      url: string;
    };
    CallbackErrorDto: {
      /**
       * @description For programs to read.
       * @example http_503
       */
      code: string;
      /**
       * @description For people to read.
       * @example The target answered 503 Service Unavailable.
       */
      message: string;
    };
    ChangeMeDto: {
      /**
       * @description Display name, 1 to 100 characters; `null` removes it. If omitted, it is unchanged.
       * @example Ada
       */
      name?: string | null;
    };
    ChangePasswordDto: {
      /**
       * Format: password
       * @description The current password.
       * @example correct horse battery
       */
      currentPassword: string;
      /**
       * Format: password
       * @description 12 to 128 characters of any kind. Common passwords are refused (`common_password`).
       * @example staple correct horse
       */
      newPassword: string;
    };
    ChangeQueueDto: {
      /**
       * @description What happens when a request fails permanently. `continue`: the next request runs. `halt`: nothing runs until the
       *     failed request is retried or dismissed. `cancel-rest`: all waiting requests are cancelled.
       * @example halt
       * @enum {string}
       */
      onFailure: 'continue' | 'halt' | 'cancel-rest';
    };
    ClaimDto: {
      /**
       * Format: int32
       * @description The duration of each lease unless extended, in milliseconds; at most two thirds of VIEW_MS (20 s by default).
       * @default 10000
       * @example 10000
       */
      leaseMs?: number;
      /**
       * Format: int32
       * @description The maximum number of requests to claim, each of a different user.
       * @default 1
       * @example 10
       */
      max?: number;
      /**
       * @description External types that this worker serves, 1 to 50.
       * @example [
       *       "render"
       *     ]
       */
      types: string[];
      /**
       * Format: int32
       * @description How long to wait for the first request, in milliseconds; 0: do not wait.
       * @default 0
       * @example 20000
       */
      waitMs?: number;
    };
    ClaimedDto: {
      /**
       * Format: int64
       * @description 1 for the first attempt.
       * @example 1
       */
      attempt: number;
      /**
       * Format: int64
       * @description Grows with every attempt of a user: a receiver that remembers the highest token can refuse late calls.
       * @example 4711
       */
      fencingToken: number;
      /**
       * Format: int64
       * @description The remaining lease, in milliseconds; it may be less than requested. Count it with a monotonic clock from when
       *     you receive this answer. Stop or extend before it ends: one second after the end another worker may run the
       *     request.
       * @example 20000
       */
      leaseMs: number;
      /**
       * Format: date-time
       * @description The end of the lease, by the server's clock.
       * @example 2026-03-01T09:30:10.000Z
       */
      leaseUntil: string;
      /** @description The request to run. */
      request: components['schemas']['ClaimedRequestDto'];
      /**
       * @description W3C trace context of the attempt, for the worker to send with its own calls; absent if the attempt is not traced.
       * @example 00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01
       */
      traceparent?: string;
    };
    ClaimedListDto: {
      /** @description Each of a different user. */
      items: components['schemas']['ClaimedDto'][];
    };
    ClaimedRequestDto: {
      /**
       * Format: date-time
       * @description When it was accepted.
       * @example 2026-03-01T09:30:00.000Z
       */
      createdAt: string;
      /**
       * @description The request's ID, for the paths of `/work/{id}/...`.
       * @example 019cb0a4-7a4e-7c3e-9d57-2f4f7a1f6a11
       */
      id: string;
      /**
       * Format: int64
       * @description After this many failed attempts it fails permanently.
       * @example 5
       */
      maxAttempts: number;
      /**
       * @description Exactly as it was written.
       * @example {
       *       "page": 1
       *     }
       */
      payload: unknown;
      /**
       * Format: int64
       * @description Its place in its user's order.
       * @example 1795586873275008
       */
      seq: number;
      /**
       * Format: int64
       * @description The time limit of the attempt; the lease is not extended beyond it.
       * @example 30000
       */
      timeoutMs: number;
      /**
       * @description One of the claimed types.
       * @example render
       */
      type: string;
      /**
       * @description The user to whom it belongs.
       * @example 019cb0a4-0000-7c3e-9d57-2f4f7a1f6a11
       */
      userId: string;
    };
    CompleteDto: {
      /**
       * Format: int64
       * @description The `fencingToken` of the claimed request.
       * @example 4711
       */
      fencingToken: number;
      /**
       * @description Any JSON value, kept exactly as written and shown with the request; cut if it is too large.
       * @example {
       *       "pages": 3
       *     }
       */
      result?: unknown;
    };
    CreateApiKeyDto: {
      /**
       * Format: date-time
       * @description When the key expires (RFC 3339 with offset, in the future). If omitted, it never expires.
       * @example 2027-03-01T00:00:00Z
       */
      expiresAt?: string;
      /**
       * @description A name for the key, 1 to 100 characters.
       * @example order service
       */
      name: string;
      /**
       * @description What the key may do: `enqueue`, `read` and `manage` your queue; for admins also `work`, `admin` and `act-as`. No
       *     duplicates.
       * @example [
       *       "enqueue",
       *       "read"
       *     ]
       */
      scopes: ('enqueue' | 'read' | 'manage' | 'work' | 'admin' | 'act-as')[];
    };
    CreatePortalLinkDto: {
      /**
       * @description Your colour, used on the page.
       * @example #0f766e
       */
      color?: string;
      /**
       * @description Your ID of the customer: 1 to 128 printable ASCII characters, without a space at the start or the end, and not `.` or `..`.
       * @example customer-4711
       */
      customerId: string;
      /**
       * Format: int32
       * @description Lifetime of the link, in seconds. It cannot be renewed.
       * @default 3600
       * @example 3600
       */
      expiresInSeconds?: number;
      /**
       * @description Your name, shown at the top of the page.
       * @example Ada’s Shop
       */
      name?: string;
      /**
       * @description `read`: read the queue, requests and events. `manage`: also every change under `/queue` and `/requests`.
       * @default read
       * @example manage
       * @enum {string}
       */
      scope?: 'read' | 'manage';
    };
    CureDto: {
      /**
       * @description Its body, if it takes one.
       * @example {
       *       "rate": null
       *     }
       */
      body?: {
        [key: string]: unknown;
      };
      /**
       * @description The method of the API call that does it; `null` if there is no such call.
       * @example POST
       * @enum {string|null}
       */
      method: 'POST' | 'PUT' | null;
      /**
       * @description The path of that call.
       * @example /admin/users/0198c5d2-6f0b-7c3e-9d57-2f4f7a1f6a11/requests/019cb0a4-7a4e-7c3e-9d57-2f4f7a1f6a11/dismiss
       */
      path: string | null;
      /**
       * @description What the cure does, for people to read.
       * @example Dismiss the failed request: the next one runs.
       */
      text: string;
    };
    DeclareTypeDto: {
      /**
       * @description One sentence that describes the type.
       * @example Renders a page as PDF.
       */
      description?: string;
      /**
       * @description A valid payload.
       * @example {
       *       "page": 1
       *     }
       */
      example?: unknown;
      /**
       * @description Served by external workers, through `/work`.
       * @example true
       * @enum {boolean}
       */
      external: true;
      /**
       * @description JSON Schema (2020-12, or draft-07 if `$schema` says so) that checks payloads when they are enqueued. If omitted,
       *     any JSON value is valid. The schema must be self-contained, with at most 32 levels; keep its patterns simple.
       * @example {
       *       "type": "object",
       *       "properties": {
       *         "page": {
       *           "type": "integer",
       *           "minimum": 1
       *         }
       *       },
       *       "required": [
       *         "page"
       *       ],
       *       "additionalProperties": false
       *     }
       */
      payloadSchema?: {
        [key: string]: unknown;
      };
      /**
       * Format: int32
       * @description The default time limit of one attempt, in milliseconds.
       * @default 30000
       * @example 60000
       */
      timeoutMs?: number;
    };
    DeliveryDto: {
      /** @description All headers in order, except `Connection` and the `traceparent` of a traced attempt. */
      headers: components['schemas']['SentHeaderDto'][];
      /**
       * @description Its method.
       * @example POST
       */
      method: string;
      /**
       * @description Where to.
       * @example https://example.com/hook
       */
      url: string;
    };
    EndMeDto: {
      /**
       * Format: password
       * @description The account's password: a session alone is not enough to delete the account.
       * @example correct horse battery
       */
      password: string;
    };
    EnqueueBatchDto: {
      /**
       * Format: int64
       * @description Start none of them earlier than this many milliseconds from now; not together with `runAt`.
       * @example 60000
       */
      delayMs?: number;
      /**
       * @description 1 to 250 requests; the whole body may be up to 1 MiB.
       * @example [
       *       {
       *         "type": "http",
       *         "payload": {
       *           "url": "https://example.com/hook",
       *           "body": {
       *             "n": 1
       *           }
       *         }
       *       }
       *     ]
       */
      requests: components['schemas']['BatchItemDto'][];
      /**
       * Format: date-time
       * @description Start none of them earlier than this time (RFC 3339 with offset, at most a year ahead).
       * @example 2026-03-01T09:30:00Z
       */
      runAt?: string;
    };
    EnqueuedDto: {
      /**
       * Format: date-time
       * @description While `active`: when its running attempt began.
       * @example 2026-03-01T09:30:00.130Z
       */
      activeSince?: string;
      /** @description The latest 100 attempts that have ended. */
      attempts?: components['schemas']['AttemptDto'][];
      /** @description The wait between its attempts; not in lists. */
      backoff?: components['schemas']['RequestBackoffDto'];
      /** @description If it has a `callbackUrl`: the state of the callback. */
      callback?: components['schemas']['CallbackDto'];
      /**
       * Format: date-time
       * @description When it was accepted.
       * @example 2026-03-01T09:30:00.123Z
       */
      createdAt: string;
      /**
       * Format: date-time
       * @description When its data was erased: `payload` is `null`, `result` is absent, and errors have only their code.
       * @example 2026-03-01T09:30:00.000Z
       */
      dataErasedAt?: string;
      /** @description For the type `http`: what is sent to the target; not in lists, nor after its data is erased. */
      delivery?: components['schemas']['DeliveryDto'];
      /** @description Why the request failed permanently. */
      error?: components['schemas']['RequestErrorDto'];
      /**
       * Format: date-time
       * @description Estimated start, based on the speed of the user's latest requests; absent if unknown.
       * @example 2026-03-01T09:30:04.000Z
       */
      estimatedStartAt?: string;
      /**
       * Format: date-time
       * @description When it ended.
       * @example 2026-03-01T09:30:00.390Z
       */
      finishedAt?: string;
      /**
       * @description The request's id.
       * @example 019cb0a4-7a4e-7c3e-9d57-2f4f7a1f6a11
       */
      id: string;
      /**
       * Format: int64
       * @description After this many failed attempts it fails permanently.
       * @example 5
       */
      maxAttempts?: number;
      /**
       * Format: date-time
       * @description While `retrying`: the earliest start of the next attempt.
       * @example 2026-03-01T09:30:02.000Z
       */
      nextAttemptAt?: string;
      /**
       * @description Exactly as it was sent. For a portal link, `hidden` replaces what may be a secret.
       * @example {
       *       "url": "https://example.com/hook"
       *     }
       */
      payload?: unknown;
      /**
       * Format: int64
       * @description How many requests of the user start before it: 0 for the next, or the running one; absent while scheduled, and
       *     once ended.
       * @example 2
       */
      position?: number;
      /**
       * @description What its handler returned, exactly; above 256 KiB `{"truncated": true, "bytes": N, "start": "..."}`.
       * @example {
       *       "status": 200
       *     }
       */
      result?: unknown;
      /**
       * Format: date-time
       * @description The time for which it is or was scheduled.
       * @example 2026-03-01T09:30:00.000Z
       */
      runAt?: string;
      /** @description While `active`: its running attempt. The progress and log of the handler are not in lists. */
      running?: components['schemas']['RunningAttemptDto'];
      /**
       * Format: int64
       * @description Its place in the order of the user's requests: a timestamp in microseconds that always grows.
       * @example 1772357400123456
       */
      seq: number;
      /**
       * Format: date-time
       * @description When its first attempt began.
       * @example 2026-03-01T09:30:00.130Z
       */
      startedAt?: string;
      /**
       * @description Its current or final status.
       * @example queued
       * @enum {string}
       */
      status:
        'scheduled' | 'queued' | 'active' | 'retrying' | 'succeeded' | 'failed' | 'cancelled' | 'dismissed';
      /**
       * @description Its tags.
       * @example [
       *       "invoice"
       *     ]
       */
      tags?: string[];
      /**
       * Format: int32
       * @description The time limit of one attempt, in milliseconds; not in lists.
       * @example 30000
       */
      timeoutMs?: number;
      /**
       * @description The name of its handler.
       * @example http
       */
      type: string;
    };
    EnqueueDto: {
      /** @description The wait between attempts. Default: exponential, from 1 second to 1 hour. */
      backoff?: components['schemas']['BackoffDto'];
      /**
       * @description URL that receives a signed POST when the request ends. The callback does not hold up the queue. `http:` or
       *     `https:`, at most 2,048 characters.
       * @example https://example.com/ended
       */
      callbackUrl?: string;
      /**
       * Format: int64
       * @description Start no earlier than this many milliseconds from now; not together with `runAt`. The request takes its place in
       *     the queue when that time comes.
       * @example 60000
       */
      delayMs?: number;
      /**
       * Format: int32
       * @description After this many failed attempts the request fails permanently.
       * @default 5
       * @example 5
       */
      maxAttempts?: number;
      /**
       * @description Any JSON value that the type accepts, up to 256 KiB and 64 levels deep. It is stored and passed on exactly as written.
       * @example {
       *       "url": "https://example.com/hook",
       *       "body": {
       *         "n": 1
       *       }
       *     }
       */
      payload: unknown;
      /**
       * Format: date-time
       * @description Start no earlier than this time (RFC 3339 with offset, at most a year ahead). A time in the past means now.
       * @example 2026-03-01T09:30:00Z
       */
      runAt?: string;
      /**
       * @description Up to 16 words of 1 to 64 characters, for searching.
       * @example [
       *       "invoice"
       *     ]
       */
      tags?: string[];
      /**
       * Format: int32
       * @description The time limit of one attempt, in milliseconds. The operator may have set a lower maximum.
       * @default 30000
       * @example 30000
       */
      timeoutMs?: number;
      /**
       * @description The request type, which selects the handler or external worker.
       * @example http
       */
      type: string;
    };
    ErasureDto: {
      /**
       * Format: date-time
       * @description When the erasure was completed.
       * @example 2026-03-01T09:30:15.000Z
       */
      erasedAt?: string;
      /**
       * Format: date-time
       * @description When the erasure was requested.
       * @example 2026-03-01T09:30:00.000Z
       */
      requestedAt: string;
      /**
       * Format: int64
       * @description Requests not yet removed; counted up to 10,000.
       * @example 2
       */
      requestsLeft: number;
      /**
       * @description `erased` once nothing is left and no late write can add anything: about 15 seconds after the call, or later.
       * @example erasing
       * @enum {string}
       */
      status: 'erasing' | 'erased';
      /**
       * @description The erased user id. A customer who enqueues again gets a new one.
       * @example c_1cUVnr9nfxVPBYIL7mkkdIdyNoPMgdfvHC1zlMSvzpk
       */
      userId: string;
    };
    ExtendDto: {
      /**
       * Format: int64
       * @description The `fencingToken` of the claimed request.
       * @example 4711
       */
      fencingToken: number;
      /**
       * Format: int32
       * @description The new duration from now, in milliseconds; at most two thirds of VIEW_MS (20 s by default). A lease is never shortened.
       * @default 10000
       * @example 10000
       */
      leaseMs?: number;
    };
    ExtendedDto: {
      /**
       * @description The request was cancelled: stop, and report how it ended. The user's next request waits for your report, or for
       *     the end of the lease.
       * @example false
       */
      cancelRequested: boolean;
      /**
       * Format: int64
       * @description The remaining lease, in milliseconds; it may be more or less than requested. Count it from before you sent this call.
       * @example 20000
       */
      leaseMs: number;
      /**
       * Format: date-time
       * @description The end of the lease, by the server's clock.
       * @example 2026-03-01T09:30:20.000Z
       */
      leaseUntil: string;
    };
    FailDto: {
      /**
       * @description Why: a sentence, or an object of `message`, `code` (1 to 64 of `a-z 0-9 _`) and `details`.
       * @example {
       *       "code": "no_such_page",
       *       "message": "The document has no page 7."
       *     }
       */
      error:
        | string
        | {
            code?: string;
            details?: {
              [key: string]: unknown;
            };
            message: string;
          };
      /**
       * Format: int64
       * @description The `fencingToken` of the claimed request.
       * @example 4711
       */
      fencingToken: number;
      /**
       * @description If false, the request fails permanently even if attempts are left.
       * @default true
       * @example true
       */
      retryable?: boolean;
      /**
       * Format: int32
       * @description The wait before the next attempt, in milliseconds, instead of the request's backoff.
       * @example 5000
       */
      retryAfterMs?: number;
    };
    FieldErrorDto: {
      /**
       * @description What is wrong, for programs.
       * @example is_target_url
       */
      code: string;
      /**
       * @description What is wrong, for people.
       * @example url must be an absolute URL without blanks
       */
      detail: string;
      /**
       * @description JSON Pointer into the body, or `?name` for a query parameter.
       * @example /payload/url
       */
      pointer: string;
    };
    IssuedApiKeyDto: {
      /**
       * Format: date-time
       * @description When it was made.
       * @example 2026-03-01T09:30:00.000Z
       */
      createdAt: string;
      /**
       * Format: date-time
       * @description When the key expires; `null` if never.
       * @example 2027-03-01T00:00:00.000Z
       */
      expiresAt: string | null;
      /**
       * @description Opaque.
       * @example 0198c5d2-6f0b-7c3e-9d57-2f4f7a1f6a11
       */
      id: string;
      /**
       * @description The key itself, for `Authorization: Bearer`. It is shown only once.
       * @example tw_0198c5d26f0b7c3e9d572f4f7a1f6a11_9dX3...
       */
      key: string;
      /**
       * Format: date-time
       * @description When the key was last used, to the minute; `null` if never.
       * @example 2026-03-01T11:00:00.000Z
       */
      lastUsedAt: string | null;
      /**
       * @description The name of the key.
       * @example order service
       */
      name: string;
      /**
       * @description What the key may do, within the rights of its account.
       * @example [
       *       "enqueue",
       *       "read"
       *     ]
       */
      scopes: ('enqueue' | 'read' | 'manage' | 'work' | 'admin' | 'act-as')[];
      /**
       * @description The start of the key, to identify it.
       * @example tw_0198c5d26f0b7c3e9d572f4f7a1f6a11
       */
      start: string;
    };
    IssuedPortalLinkDto: {
      /**
       * @description The colour of the page; `null` if none was given.
       * @example #0f766e
       */
      color: string | null;
      /**
       * Format: date-time
       * @description When it was made.
       * @example 2026-03-01T09:30:00.000Z
       */
      createdAt: string;
      /**
       * @description The account's ID of the customer.
       * @example customer-4711
       */
      customerId: string;
      /**
       * Format: date-time
       * @description When the link expires.
       * @example 2026-03-01T10:30:00.000Z
       */
      expiresAt: string;
      /**
       * @description Opaque.
       * @example 0198c5d2-6f0b-7c3e-9d57-2f4f7a1f6a11
       */
      id: string;
      /**
       * @description The name shown on the page; `null` if none was given.
       * @example Ada’s Shop
       */
      name: string | null;
      /**
       * @description The path of the console for this customer; add your host name, and a path prefix if there is one, in front. The token follows the `#`, so it is never logged.
       * @example /portal/#token=eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9...
       */
      path: string;
      /**
       * @description What the link may do; `manage` includes `read`.
       * @example manage
       * @enum {string}
       */
      scope: 'read' | 'manage';
      /**
       * @description For `Authorization: Bearer`. It is shown only once.
       * @example eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9...
       */
      token: string;
    };
    LimitsDto: {
      /**
       * Format: int32
       * @description The maximum number of pending requests. A limit above the default also raises the total size of payloads, in proportion.
       * @example 500
       */
      maxDepth?: number | null;
      /**
       * @description The maximum rate of starts.
       * @example {
       *       "limit": 10,
       *       "perMs": 1000
       *     }
       */
      rate?: {
        /**
         * Format: int32
         * @example 10
         */
        limit: number;
        /**
         * Format: int32
         * @example 1000
         */
        perMs: number;
      } | null;
    };
    LiveDto: {
      /**
       * @description Always `ok`.
       * @example ok
       */
      status: string;
    };
    LoginDto: {
      /**
       * Format: email
       * @description The account's address, in any letter case.
       * @example ada@example.com
       */
      email: string;
      /**
       * Format: password
       * @description The account's password.
       * @example correct horse battery
       */
      password: string;
    };
    LogLineDto: {
      /**
       * Format: date-time
       * @description When.
       * @example 2026-03-01T09:30:00.200Z
       */
      at: string;
      /**
       * @description How bad it is.
       * @example info
       * @enum {string}
       */
      level: 'info' | 'warn' | 'error';
      /**
       * @description At most 500 characters.
       * @example read 40 lines
       */
      text: string;
    };
    MinuteDto: {
      /**
       * Format: int64
       * @description Requests accepted.
       * @example 240
       */
      accepted: number | null;
      /**
       * Format: date-time
       * @description The start of the minute.
       * @example 2026-03-01T09:30:00.000Z
       */
      at: string;
      /**
       * Format: int64
       * @description Requests that ended, with any status.
       * @example 231
       */
      ended: number | null;
      /**
       * Format: int64
       * @description Requests of these that failed permanently.
       * @example 2
       */
      failed: number | null;
    };
    NotReadyDto: {
      /**
       * @description The answer's `X-Request-Id`, to find the call in the logs.
       * @example 0198c5d2-6f0b-7c3e-9d57-2f4f7a1f6a11
       */
      callId: string;
      /**
       * @description A code of the error catalogue; its meaning never changes.
       * @example not_found
       * @enum {string}
       */
      code:
        | 'malformed_json'
        | 'bad_request'
        | 'invalid_idempotency_key'
        | 'invalid_cursor'
        | 'unauthorized'
        | 'invalid_credentials'
        | 'invalid_refresh_token'
        | 'invalid_reset_token'
        | 'account_locked'
        | 'registration_closed'
        | 'forbidden'
        | 'not_found'
        | 'method_not_allowed'
        | 'not_acceptable'
        | 'request_timeout'
        | 'email_taken'
        | 'not_failed'
        | 'already_finished'
        | 'not_finished'
        | 'data_erased'
        | 'no_callback'
        | 'queue_stopped'
        | 'type_has_handler'
        | 'too_many_keys'
        | 'too_many_links'
        | 'lease_lost'
        | 'webhook_secret_lost'
        | 'body_too_large'
        | 'uri_too_long'
        | 'unsupported_media_type'
        | 'validation_failed'
        | 'unknown_type'
        | 'payload_too_large'
        | 'payload_too_deep'
        | 'idempotency_key_reused'
        | 'queue_full'
        | 'storage_full'
        | 'rate_limited'
        | 'header_fields_too_large'
        | 'internal'
        | 'unavailable';
      /**
       * @description What happened this time.
       * @example There is no request with this id.
       */
      detail: string;
      /**
       * @description All parts.
       * @example {
       *       "redis": {
       *         "status": "down",
       *         "message": "away"
       *       }
       *     }
       */
      details: {
        [key: string]: unknown;
      };
      /**
       * @description The parts that are down, with the reasons; the log has the drivers' messages.
       * @example {
       *       "redis": {
       *         "status": "down",
       *         "message": "away"
       *       }
       *     }
       */
      error: {
        [key: string]: unknown;
      };
      /** @description The invalid fields, if any. */
      errors?: components['schemas']['FieldErrorDto'][];
      /**
       * @description The parts that are up, by name.
       * @example {
       *       "mongodb": {
       *         "status": "up"
       *       }
       *     }
       */
      info: {
        [key: string]: unknown;
      };
      /**
       * @description The path that was called.
       * @example /requests/0198c5d2
       */
      instance: string;
      /**
       * Format: double
       * @description The HTTP status, repeated.
       * @example 404
       */
      status: number;
      /**
       * @description What this code means in general.
       * @example Not found
       */
      title: string;
      /**
       * @description A URN made of the code.
       * @example urn:turnwise:error:not_found
       */
      type: string;
    };
    OverviewDto: {
      /**
       * Format: int64
       * @description How long the longest-waiting due user has been due, in milliseconds; `null` while a shard is closed.
       * @example 0
       */
      lagMs: number | null;
      /**
       * Format: int64
       * @description The longest time that a queue's first request has been due without a worker, or retried, in milliseconds; `null`
       *     if unknown. Paused, halted, scheduled and limited queues do not count.
       * @example 1200000
       */
      oldestHeadMs: number | null;
      /** @description All running processes, and those that ended without a proper shutdown. */
      processes: components['schemas']['ProcessDto'][];
      /** @description The latest 50 recoveries of shards, newest first. */
      recoveries: components['schemas']['RecoveryDto'][];
      /** @description All shards. */
      shards: components['schemas']['ShardDto'][];
      /** @description How many there are of everything. */
      totals: components['schemas']['TotalsDto'];
      /** @description The workers of all processes, and external workers that serve a user now. */
      workers: components['schemas']['WorkerDto'][];
    };
    PortalLinkDto: {
      /**
       * @description The colour of the page; `null` if none was given.
       * @example #0f766e
       */
      color: string | null;
      /**
       * Format: date-time
       * @description When it was made.
       * @example 2026-03-01T09:30:00.000Z
       */
      createdAt: string;
      /**
       * @description The account's ID of the customer.
       * @example customer-4711
       */
      customerId: string;
      /**
       * Format: date-time
       * @description When the link expires.
       * @example 2026-03-01T10:30:00.000Z
       */
      expiresAt: string;
      /**
       * @description Opaque.
       * @example 0198c5d2-6f0b-7c3e-9d57-2f4f7a1f6a11
       */
      id: string;
      /**
       * @description The name shown on the page; `null` if none was given.
       * @example Ada’s Shop
       */
      name: string | null;
      /**
       * @description What the link may do; `manage` includes `read`.
       * @example manage
       * @enum {string}
       */
      scope: 'read' | 'manage';
    };
    PortalLinkPageDto: {
      /** @description The newest first. */
      items: components['schemas']['PortalLinkDto'][];
      /**
       * @description The `cursor` of the next page; `null` on the last page.
       * @example null
       */
      nextCursor: string | null;
    };
    ProblemDto: {
      /**
       * @description The answer's `X-Request-Id`, to find the call in the logs.
       * @example 0198c5d2-6f0b-7c3e-9d57-2f4f7a1f6a11
       */
      callId: string;
      /**
       * @description A code of the error catalogue; its meaning never changes.
       * @example not_found
       * @enum {string}
       */
      code:
        | 'malformed_json'
        | 'bad_request'
        | 'invalid_idempotency_key'
        | 'invalid_cursor'
        | 'unauthorized'
        | 'invalid_credentials'
        | 'invalid_refresh_token'
        | 'invalid_reset_token'
        | 'account_locked'
        | 'registration_closed'
        | 'forbidden'
        | 'not_found'
        | 'method_not_allowed'
        | 'not_acceptable'
        | 'request_timeout'
        | 'email_taken'
        | 'not_failed'
        | 'already_finished'
        | 'not_finished'
        | 'data_erased'
        | 'no_callback'
        | 'queue_stopped'
        | 'type_has_handler'
        | 'too_many_keys'
        | 'too_many_links'
        | 'lease_lost'
        | 'webhook_secret_lost'
        | 'body_too_large'
        | 'uri_too_long'
        | 'unsupported_media_type'
        | 'validation_failed'
        | 'unknown_type'
        | 'payload_too_large'
        | 'payload_too_deep'
        | 'idempotency_key_reused'
        | 'queue_full'
        | 'storage_full'
        | 'rate_limited'
        | 'header_fields_too_large'
        | 'internal'
        | 'unavailable';
      /**
       * @description What happened this time.
       * @example There is no request with this id.
       */
      detail: string;
      /** @description The invalid fields, if any. */
      errors?: components['schemas']['FieldErrorDto'][];
      /**
       * @description The path that was called.
       * @example /requests/0198c5d2
       */
      instance: string;
      /**
       * Format: double
       * @description The HTTP status, repeated.
       * @example 404
       */
      status: number;
      /**
       * @description What this code means in general.
       * @example Not found
       */
      title: string;
      /**
       * @description A URN made of the code.
       * @example urn:turnwise:error:not_found
       */
      type: string;
    };
    ProcessDto: {
      /**
       * Format: date-time
       * @description Its latest heartbeat; if older than VIEW_MS, the process is frozen, disconnected or dead.
       * @example 2026-03-01T09:30:00.390Z
       */
      heartbeatAt: string;
      /**
       * @description Where it runs.
       * @example turnwise-1
       */
      host: string;
      /**
       * @description New at every start.
       * @example 019cb0a4-7a4e-7c3e-9d57-2f4f7a1f6a11
       */
      id: string;
      /**
       * @description `all`, `api` or `worker`.
       * @example worker
       */
      role: string;
      /** @description Absent if it runs no requests. */
      slots?: components['schemas']['SlotsDto'];
      /**
       * Format: date-time
       * @description When it started.
       * @example 2026-03-01T08:00:00.000Z
       */
      startedAt: string;
    };
    ProgressDto: {
      /**
       * Format: date-time
       * @description When it was reported.
       * @example 2026-03-01T09:30:00.250Z
       */
      at: string;
      /**
       * Format: double
       * @description From 0 to 1.
       * @example 0.4
       */
      done: number;
      /**
       * @description Text given by the handler.
       * @example 40 of 100 lines
       */
      text?: string;
    };
    PurgedDto: {
      /**
       * Format: int64
       * @description Waiting requests that were cancelled.
       * @example 12
       */
      cancelled: number;
    };
    QueueDto: {
      /**
       * Format: int64
       * @description Requests that wait or run, not counting those scheduled for later.
       * @example 3
       */
      depth: number;
      /**
       * Format: double
       * @description Requests that succeed or fail per minute, by the latest 20; null with fewer than three.
       * @example 30
       */
      drainPerMinute: number | null;
      /**
       * @description The failed request that halts the queue, until it is retried or dismissed.
       * @example 019cb0a4-7a4e-7c3e-9d57-2f4f7a1f6a11
       */
      haltedBy?: string;
      /** @description The limits of the queue. */
      limits: components['schemas']['QueueLimitsDto'];
      /**
       * Format: date-time
       * @description When the next request may start, if that is in the future because of a backoff, a schedule, or a rate.
       * @example 2026-03-01T09:30:02.000Z
       */
      nextDueAt?: string;
      /**
       * Format: int64
       * @description How long the next request has waited since it was accepted; 0 if none waits.
       * @example 1200
       */
      oldestWaitMs: number;
      /**
       * @description What happens when a request fails permanently; change it with `PATCH /queue`.
       * @example continue
       * @enum {string}
       */
      onFailure: 'continue' | 'halt' | 'cancel-rest';
      /** @description The request that is running; absent if none is. */
      running?: components['schemas']['RunningDto'];
      /**
       * Format: int64
       * @description Requests scheduled for a future time.
       * @example 0
       */
      scheduled: number;
      /**
       * @description The first that applies: a failed request halts the queue; it is paused; a request is running; requests wait or
       *     are scheduled; nothing is pending.
       * @example busy
       * @enum {string}
       */
      state: 'halted' | 'paused' | 'busy' | 'waiting' | 'idle';
      /** @description Everything that keeps the queue from starting requests; empty if nothing does. */
      stoppedBy: components['schemas']['StopDto'][];
    };
    QueueLimitsDto: {
      /**
       * Format: int64
       * @description The maximum number of pending requests; beyond that, or if the total size of their payloads is too large, 429 `queue_full`.
       * @example 10000
       */
      maxDepth: number;
      /** @description The maximum rate of starts; absent if there is no limit. */
      rate?: components['schemas']['StartRateDto'];
    };
    ReadyDto: {
      /**
       * @description All parts.
       * @example {
       *       "redis": {
       *         "status": "up"
       *       }
       *     }
       */
      details: {
        [key: string]: unknown;
      };
      /**
       * @description The parts that are down: always empty.
       * @example {}
       */
      error: {
        [key: string]: unknown;
      };
      /**
       * @description The parts that are up or degraded, by name: `process`, `mongodb`, `redis`, `queues`.
       * @example {
       *       "redis": {
       *         "status": "up"
       *       }
       *     }
       */
      info: {
        [key: string]: unknown;
      };
      /**
       * @description `ok`, or `degraded` while some shards take no requests and their users get 503.
       * @example ok
       * @enum {string}
       */
      status: 'ok' | 'degraded';
    };
    RecoveryDto: {
      /**
       * Format: date-time
       * @description When the shards were open again.
       * @example 2026-03-01T09:30:00.390Z
       */
      at: string;
      /**
       * @description Why they were closed. `lost`: Redis was empty. `history`: Redis was restarted, or another server has taken over.
       *     `begun`, `raised`: an earlier rebuild had not finished, or a new version raised the epochs. `damaged`: the shard
       *     had lost a part of its state. `unknown`: Redis could not tell.
       * @example lost
       * @enum {string}
       */
      cause: 'lost' | 'begun' | 'raised' | 'history' | 'damaged' | 'unknown';
      /**
       * Format: int64
       * @description How long the shards were closed, in milliseconds.
       * @example 420
       */
      durationMs: number;
      /**
       * Format: int64
       * @description How many requests were restored.
       * @example 1200
       */
      requests: number;
      /**
       * @description Their numbers.
       * @example [
       *       7
       *     ]
       */
      shards: number[];
    };
    RefreshDto: {
      /**
       * @description The refresh token of the last login or refresh. It works once.
       * @example 0198c5d2-6f0b-7c3e-9d57-2f4f7a1f6a11.kJ0c...
       */
      refreshToken: string;
    };
    RegisterDto: {
      /**
       * Format: email
       * @description The email address to log in with. Letter case and surrounding white space do not matter.
       * @example ada@example.com
       */
      email: string;
      /**
       * @description Display name, 1 to 100 characters.
       * @example Ada
       */
      name?: string;
      /**
       * Format: password
       * @description 12 to 128 characters of any kind. Common passwords are refused (`common_password`).
       * @example correct horse battery
       */
      password: string;
    };
    RequestBackoffDto: {
      /**
       * Format: int32
       * @description The first wait, in milliseconds.
       * @example 1000
       */
      delayMs: number;
      /**
       * Format: int32
       * @description The longest wait, in milliseconds.
       * @example 3600000
       */
      maxDelayMs: number;
      /**
       * @description `fixed`: the same wait each time; `exponential`: the wait doubles each time, with jitter.
       * @example exponential
       * @enum {string}
       */
      type: 'exponential' | 'fixed';
    };
    RequestDto: {
      /**
       * Format: date-time
       * @description While `active`: when its running attempt began.
       * @example 2026-03-01T09:30:00.130Z
       */
      activeSince?: string;
      /** @description The latest 100 attempts that have ended. */
      attempts: components['schemas']['AttemptDto'][];
      /** @description The wait between its attempts; not in lists. */
      backoff?: components['schemas']['RequestBackoffDto'];
      /** @description If it has a `callbackUrl`: the state of the callback. */
      callback?: components['schemas']['CallbackDto'];
      /**
       * Format: date-time
       * @description When it was accepted.
       * @example 2026-03-01T09:30:00.123Z
       */
      createdAt: string;
      /**
       * Format: date-time
       * @description When its data was erased: `payload` is `null`, `result` is absent, and errors have only their code.
       * @example 2026-03-01T09:30:00.000Z
       */
      dataErasedAt?: string;
      /** @description For the type `http`: what is sent to the target; not in lists, nor after its data is erased. */
      delivery?: components['schemas']['DeliveryDto'];
      /** @description Why the request failed permanently. */
      error?: components['schemas']['RequestErrorDto'];
      /**
       * Format: date-time
       * @description Estimated start, based on the speed of the user's latest requests; absent if unknown.
       * @example 2026-03-01T09:30:04.000Z
       */
      estimatedStartAt?: string;
      /**
       * Format: date-time
       * @description When it ended.
       * @example 2026-03-01T09:30:00.390Z
       */
      finishedAt?: string;
      /**
       * @description The request's id.
       * @example 019cb0a4-7a4e-7c3e-9d57-2f4f7a1f6a11
       */
      id: string;
      /**
       * Format: int64
       * @description After this many failed attempts it fails permanently.
       * @example 5
       */
      maxAttempts: number;
      /**
       * Format: date-time
       * @description While `retrying`: the earliest start of the next attempt.
       * @example 2026-03-01T09:30:02.000Z
       */
      nextAttemptAt?: string;
      /**
       * @description Exactly as it was sent. For a portal link, `hidden` replaces what may be a secret.
       * @example {
       *       "url": "https://example.com/hook"
       *     }
       */
      payload: unknown;
      /**
       * Format: int64
       * @description How many requests of the user start before it: 0 for the next, or the running one; absent while scheduled, and
       *     once ended.
       * @example 2
       */
      position?: number;
      /**
       * @description What its handler returned, exactly; above 256 KiB `{"truncated": true, "bytes": N, "start": "..."}`.
       * @example {
       *       "status": 200
       *     }
       */
      result?: unknown;
      /**
       * Format: date-time
       * @description The time for which it is or was scheduled.
       * @example 2026-03-01T09:30:00.000Z
       */
      runAt?: string;
      /** @description While `active`: its running attempt. The progress and log of the handler are not in lists. */
      running?: components['schemas']['RunningAttemptDto'];
      /**
       * Format: int64
       * @description Its place in the order of the user's requests: a timestamp in microseconds that always grows.
       * @example 1772357400123456
       */
      seq: number;
      /**
       * Format: date-time
       * @description When its first attempt began.
       * @example 2026-03-01T09:30:00.130Z
       */
      startedAt?: string;
      /**
       * @description Its current or final status.
       * @example queued
       * @enum {string}
       */
      status:
        'scheduled' | 'queued' | 'active' | 'retrying' | 'succeeded' | 'failed' | 'cancelled' | 'dismissed';
      /**
       * @description Its tags.
       * @example [
       *       "invoice"
       *     ]
       */
      tags: string[];
      /**
       * Format: int32
       * @description The time limit of one attempt, in milliseconds; not in lists.
       * @example 30000
       */
      timeoutMs?: number;
      /**
       * @description The name of its handler.
       * @example http
       */
      type: string;
    };
    RequestErrorDto: {
      /**
       * @description What went wrong, for programs.
       * @example http_503
       */
      code: string;
      /**
       * @description Details given by the handler.
       * @example {
       *       "status": 503
       *     }
       */
      details?: unknown;
      /**
       * @description What went wrong, for people; a long text is cut with a mark.
       * @example The target answered 503.
       */
      message: string;
    };
    RequestPageDto: {
      /** @description May be fewer than `limit` even if more follow, when payloads are large. */
      items: components['schemas']['RequestDto'][];
      /**
       * @description The `cursor` of the next page; `null` on the last page.
       * @example YmVmb3JlOjE3NzIzNTc0MDAxMjM0NTY
       */
      nextCursor: string | null;
    };
    ResetPasswordDto: {
      /**
       * @description `true`: also end every API key of the account. Use it if the account was compromised.
       * @default false
       * @example false
       */
      endKeys?: boolean;
      /**
       * Format: password
       * @description 12 to 128 characters of any kind. Common passwords are refused (`common_password`).
       * @example staple correct horse
       */
      password: string;
      /**
       * @description From the link that an operator created. It works once.
       * @example kJ0c9dX3...
       */
      token: string;
    };
    RunningAttemptDto: {
      /**
       * Format: int64
       * @description Its number, from 1.
       * @example 1
       */
      attempt: number;
      /** @description The latest 20 lines, oldest first. */
      log?: components['schemas']['LogLineDto'][];
      /** @description Its reported progress, if any. */
      progress?: components['schemas']['ProgressDto'];
    };
    RunningDto: {
      /**
       * @description Its id.
       * @example 019cb0a4-7a4e-7c3e-9d57-2f4f7a1f6a11
       */
      id: string;
      /**
       * Format: date-time
       * @description When its attempt began.
       * @example 2026-03-01T09:30:00.130Z
       */
      startedAt?: string;
    };
    SentHeaderDto: {
      /**
       * @description Why the value is hidden. `secret`: a header of the payload that authenticates the sender; `each_attempt`: the
       *     value differs for each attempt.
       * @enum {string}
       */
      hidden?: 'secret' | 'each_attempt';
      /**
       * @description As it is written.
       * @example turnwise-seq
       */
      name: string;
      /**
       * @description `null` if it is hidden.
       * @example 1772357400123456
       */
      value: string | null;
    };
    SessionDto: {
      /**
       * Format: date-time
       * @description When the user logged in.
       * @example 2026-03-01T09:30:00.000Z
       */
      createdAt: string;
      /**
       * @description Whether this session made the call.
       * @example true
       */
      current: boolean;
      /**
       * Format: date-time
       * @description When the session ends, unless its tokens are refreshed earlier.
       * @example 2026-03-31T11:00:00.000Z
       */
      expiresAt: string;
      /**
       * @description Opaque.
       * @example 0198c5d2-6f0b-7c3e-9d57-2f4f7a1f6a11
       */
      id: string;
      /**
       * Format: date-time
       * @description When its tokens were last refreshed.
       * @example 2026-03-01T11:00:00.000Z
       */
      refreshedAt: string;
      /**
       * @description The `User-Agent` of the login; absent if there was none.
       * @example Mozilla/5.0 (X11; Linux x86_64)
       */
      userAgent?: string;
    };
    SessionPageDto: {
      /** @description The newest first. */
      items: components['schemas']['SessionDto'][];
      /**
       * @description The `cursor` of the next page; `null` on the last page.
       * @example null
       */
      nextCursor: string | null;
    };
    ShardDto: {
      /**
       * Format: int64
       * @description Grows with every rebuild.
       * @example 3
       */
      epoch: number;
      /**
       * Format: int64
       * @description How long the longest-waiting due user has been due, in milliseconds.
       * @example 0
       */
      lagMs?: number;
      /**
       * Format: int64
       * @description Users being served.
       * @example 4
       */
      servedUsers?: number;
      /**
       * Format: int64
       * @description Its number; its keys have the tag `{tw<number>}`.
       * @example 7
       */
      shard: number;
      /**
       * @description `closed` while it is being rebuilt, or cannot be reached; the other fields are absent then.
       * @example open
       * @enum {string}
       */
      state: 'open' | 'closed';
      /**
       * Format: int64
       * @description Users with pending requests who are not being served.
       * @example 12
       */
      waitingUsers?: number;
    };
    SlotsDto: {
      /**
       * Format: int64
       * @description Free, but the process starts nothing: it is ending, or cannot read the state of the queues.
       * @example 0
       */
      closed: number;
      /**
       * Format: int64
       * @description Available.
       * @example 20
       */
      free: number;
      /**
       * Format: int64
       * @description A request that killed two workers runs in a separate process.
       * @example 1
       */
      isolated: number;
      /**
       * Format: int64
       * @description A handler runs.
       * @example 9
       */
      running: number;
      /**
       * Format: int64
       * @description A request is checked before it runs, or its outcome is recorded.
       * @example 1
       */
      settling: number;
      /**
       * Format: int64
       * @description The handler was told to stop, but still runs.
       * @example 1
       */
      stopping: number;
    };
    StartRateDto: {
      /**
       * Format: int64
       * @description Starts.
       * @example 10
       */
      limit: number;
      /**
       * Format: int64
       * @description Milliseconds.
       * @example 1000
       */
      perMs: number;
    };
    StopDto: {
      /**
       * @description `halt`: a failed request; retry or dismiss it. `pause`: its user; `POST /queue/resume` lifts it. `admin-pause`: an
       *     admin; only an admin lifts it.
       * @example halt
       * @enum {string}
       */
      by: 'halt' | 'pause' | 'admin-pause';
      /**
       * @description For a halt: the failed request.
       * @example 019cb0a4-7a4e-7c3e-9d57-2f4f7a1f6a11
       */
      requestId?: string;
      /**
       * Format: date-time
       * @description When the stop began; `null` if unknown.
       * @example 2026-03-01T09:30:00.390Z
       */
      since: string | null;
    };
    StuckDto: {
      /**
       * Format: int64
       * @description Failed attempts of the head; `null` if unknown.
       * @example 7
       */
      attemptsMade: number | null;
      /** @description The cures, mildest first. */
      cures: components['schemas']['CureDto'][];
      /**
       * Format: int64
       * @description How long ago the head was accepted, in milliseconds. The head is the request that runs, or the next one.
       * @example 1200000
       */
      headAgeMs: number | null;
      /**
       * @description The pool of workers that serves the head.
       * @example main
       */
      lane: string | null;
      /**
       * @description Why the head's last attempt failed.
       * @example null
       */
      lastError: components['schemas']['StuckErrorDto'] | null;
      /**
       * Format: date-time
       * @description When the head may start next, if it waits for a time.
       * @example null
       */
      nextAttemptAt: string | null;
      /**
       * @description `paused`, `paused_by_admin`. `halted`: by a failed request. `retrying`: the head fails again and again. `runs_long`: the
       *     head is running. `worker_lost`: the lease of its worker has ended, and no other worker has taken the head back.
       *     `no_worker`: the head is due, and no user of its lane is being served. `workers_busy`: the head is due, and the
       *     workers of its lane serve others. `limited`: the user's rate delays the head. `shard_closed`: the shard is being
       *     rebuilt, or Redis is away.
       * @example halted
       * @enum {string}
       */
      reason:
        | 'paused'
        | 'paused_by_admin'
        | 'halted'
        | 'retrying'
        | 'runs_long'
        | 'worker_lost'
        | 'no_worker'
        | 'workers_busy'
        | 'limited'
        | 'shard_closed';
      /**
       * @description The request that holds up the queue: the failed, running or retried request, or the next one.
       * @example 019cb0a4-7a4e-7c3e-9d57-2f4f7a1f6a11
       */
      requestId: string | null;
      /**
       * Format: int64
       * @description The user's shard.
       * @example 7
       */
      shard: number;
      /**
       * Format: date-time
       * @description When the reason began to apply; `null` if unknown.
       * @example 2026-03-01T09:30:00.390Z
       */
      since: string | null;
      /** @description By name. */
      user: components['schemas']['StuckUserDto'];
      /**
       * @description The reason as a sentence.
       * @example A failed request halts the queue until it is retried or dismissed.
       */
      why: string;
      /**
       * @description The worker that runs the request, or was running it when it was lost.
       * @example null
       */
      worker: string | null;
    };
    StuckErrorDto: {
      /**
       * @description For programs.
       * @example http_500
       */
      code: string;
      /**
       * @description For people.
       * @example The target answered 500.
       */
      message: string;
    };
    StuckListDto: {
      /**
       * @description Closed shards: no queue on them moves, and at most 50 of their users are listed.
       * @example []
       */
      closedShards: number[];
      /**
       * @description Whether the list is complete. If not, there are more users than `limit`, or more than one call checks.
       * @example true
       */
      isComplete: boolean;
      /** @description The longest first; users with an unknown `since` are last. */
      items: components['schemas']['StuckDto'][];
    };
    StuckUserDto: {
      /**
       * @description For a customer: the account's ID of the customer.
       * @example customer-4711
       */
      customerId: string | null;
      /**
       * Format: email
       * @description The account's email; for a customer, the email of the account they belong to.
       * @example shop@example.com
       */
      email: string | null;
      /**
       * @description The user id, which names the queue.
       * @example 0198c5d2-6f0b-7c3e-9d57-2f4f7a1f6a11
       */
      id: string;
      /**
       * @description `null`: the user is being erased.
       * @example customer
       * @enum {string|null}
       */
      kind: 'account' | 'customer' | null;
    };
    ThroughputDto: {
      /** @description The oldest first. When a process dies, its counts of the last ten seconds are lost. */
      items: components['schemas']['MinuteDto'][];
    };
    TokensDto: {
      /**
       * @description A JWT for `Authorization: Bearer`. It stops working as soon as its session ends.
       * @example eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9...
       */
      accessToken: string;
      /**
       * Format: int64
       * @description Lifetime of the access token, in seconds.
       * @example 900
       */
      expiresIn: number;
      /**
       * @description Opaque. Works once, within 30 days and within SESSION_MAX_DAYS of the login.
       * @example 0198c5d2-6f0b-7c3e-9d57-2f4f7a1f6a11.kJ0c...
       */
      refreshToken: string;
      /**
       * @description How to send the access token.
       * @example Bearer
       * @enum {string}
       */
      tokenType: 'Bearer';
    };
    TotalsDto: {
      /**
       * Format: int64
       * @description Accounts.
       * @example 120
       */
      accounts: number;
      /**
       * Format: int64
       * @description Customers for whom accounts enqueue.
       * @example 10000
       */
      customers: number;
      /**
       * Format: int64
       * @description Requests that have not ended; `null` if they could not be counted within five seconds.
       * @example 321
       */
      pendingRequests: number | null;
      /**
       * Format: int64
       * @description Requests whose attempts have failed so far and that will be retried; `null` if they could not be counted in time.
       * @example 4
       */
      retryingRequests: number | null;
      /**
       * Format: int64
       * @description Users being served; `null` while a shard is closed.
       * @example 32
       */
      servedUsers: number | null;
      /** @description Users with pending requests, by state; `null` while a shard is closed. */
      users: components['schemas']['UsersByStateDto'] | null;
      /**
       * Format: int64
       * @description Users with pending requests who are not being served; `null` while a shard is closed.
       * @example 45
       */
      waitingUsers: number | null;
    };
    TypeDefaultsDto: {
      /**
       * @description The wait between attempts.
       * @example {
       *       "type": "exponential",
       *       "delayMs": 1000,
       *       "maxDelayMs": 3600000
       *     }
       */
      backoff: {
        [key: string]: unknown;
      };
      /**
       * Format: int64
       * @description Failed attempts after which a request fails permanently.
       * @example 5
       */
      maxAttempts: number;
      /**
       * Format: int64
       * @description The time limit of one attempt, in milliseconds.
       * @example 30000
       */
      timeoutMs: number;
    };
    TypeDto: {
      /** @description The defaults of its requests. */
      defaults: components['schemas']['TypeDefaultsDto'];
      /**
       * @description A sentence.
       * @example Renders a page as PDF.
       */
      description?: string;
      /**
       * @description A valid payload.
       * @example {
       *       "page": 1
       *     }
       */
      example?: unknown;
      /**
       * @description Whether external workers serve it; otherwise a handler of this server does.
       * @example true
       */
      external: boolean;
      /**
       * @description The pool of workers that serves it.
       * @example x.render
       */
      lane: string;
      /**
       * @description JSON Schema of its payloads; absent if any JSON value is valid.
       * @example {
       *       "type": "object",
       *       "properties": {
       *         "page": {
       *           "type": "integer",
       *           "minimum": 1
       *         }
       *       },
       *       "required": [
       *         "page"
       *       ],
       *       "additionalProperties": false
       *     }
       */
      payloadSchema?: {
        [key: string]: unknown;
      };
      /**
       * @description The name used in a request's `type`.
       * @example render
       */
      type: string;
    };
    TypeListDto: {
      /** @description Sorted by name. */
      items: components['schemas']['TypeDto'][];
    };
    UserDto: {
      /**
       * Format: date-time
       * @description When the account was created.
       * @example 2026-03-01T09:30:00.000Z
       */
      createdAt: string;
      /**
       * Format: email
       * @description As written at registration.
       * @example ada@example.com
       */
      email: string;
      /**
       * @description Opaque; never reused.
       * @example 0198c5d2-6f0b-7c3e-9d57-2f4f7a1f6a11
       */
      id: string;
      /**
       * @description `null` if none was given.
       * @example Ada
       */
      name: string | null;
      /**
       * @description `admin` may see and manage the queues of all users.
       * @example user
       * @enum {string}
       */
      role: 'user' | 'admin';
    };
    UsersByStateDto: {
      /**
       * Format: int64
       * @description A request runs.
       * @example 32
       */
      busy: number;
      /**
       * Format: int64
       * @description The next request may start, and waits for a worker.
       * @example 3
       */
      due: number;
      /**
       * Format: int64
       * @description The queue is paused or halted.
       * @example 2
       */
      stopped: number;
      /**
       * Format: int64
       * @description The next request waits for a backoff, a schedule or a rate.
       * @example 40
       */
      timed: number;
    };
    ViolationDto: {
      /**
       * @description The IDs of the two requests.
       * @example [
       *       "019cb0a4-7a4e-7c3e-9d57-2f4f7a1f6a11",
       *       "019cb0a4-7a4e-7c3e-9d57-2f4f7a1f6a12"
       *     ]
       */
      requestIds: string[];
      /**
       * @description `seq`: both have the same `seq`. `order`: the second first started before the first, although the first has the
       *     lower `seq`. `overlap`: both ran at the same time. `gap`: the second has started while the first, with the lower
       *     `seq`, still waits.
       * @example order
       * @enum {string}
       */
      rule: 'seq' | 'order' | 'overlap' | 'gap';
    };
    WebhookSecretDto: {
      /**
       * Format: date-time
       * @description When it was made.
       * @example 2026-03-01T09:30:00.000Z
       */
      createdAt: string;
      /**
       * Format: date-time
       * @description After a rotation: until when the older secret also signs; absent if there is none.
       * @example 2026-03-02T09:30:00.000Z
       */
      previousSignsUntil?: string;
      /**
       * @description In the format of Standard Webhooks; its libraries accept it as it is.
       * @example whsec_ZXhhbXBsZS1zZWNyZXQtZXhhbXBsZS1zZWNyZXQhIQ==
       */
      secret: string;
    };
    WorkerDto: {
      /**
       * Format: date-time
       * @description The latest heartbeat of its process; `null` for an external worker, or a process that is gone.
       * @example 2026-03-01T09:30:00.390Z
       */
      heartbeatAt: string | null;
      /**
       * Format: int64
       * @description Users that it serves now; `null` while a shard is closed.
       * @example 9
       */
      leases: number | null;
      /**
       * @description The worker's name, as in `attempts`.
       * @example turnwise-1-2f4f7a1f6a11
       */
      worker: string;
    };
    WorkOutcomeDto: {
      /**
       * Format: date-time
       * @description When the next attempt may start, if there is one.
       * @example 2026-03-01T09:30:01.390Z
       */
      nextAttemptAt?: string;
      /**
       * @description A final one, or `retrying`.
       * @example succeeded
       * @enum {string}
       */
      status: 'succeeded' | 'failed' | 'retrying' | 'cancelled' | 'dismissed';
    };
  };
  responses: {
    /** @description `account_locked`: The account is locked. */
    account_locked: {
      headers: {
        'X-Request-Id': components['headers']['X-Request-Id'];
        [name: string]: unknown;
      };
      content: {
        'application/problem+json': components['schemas']['ProblemDto'];
      };
    };
    /** @description `account_locked`: The account is locked. `forbidden`: These credentials do not allow this. */
    account_locked_or_forbidden: {
      headers: {
        'X-Request-Id': components['headers']['X-Request-Id'];
        [name: string]: unknown;
      };
      content: {
        'application/problem+json': components['schemas']['ProblemDto'];
      };
    };
    /** @description `already_finished`: The request has already finished. */
    already_finished: {
      headers: {
        'X-Request-Id': components['headers']['X-Request-Id'];
        [name: string]: unknown;
      };
      content: {
        'application/problem+json': components['schemas']['ProblemDto'];
      };
    };
    /** @description `bad_request`: The request cannot be understood. */
    bad_request: {
      headers: {
        'X-Request-Id': components['headers']['X-Request-Id'];
        [name: string]: unknown;
      };
      content: {
        'application/problem+json': components['schemas']['ProblemDto'];
      };
    };
    /** @description `bad_request`: The request cannot be understood. `invalid_cursor`: The cursor is invalid for this list. */
    bad_request_or_invalid_cursor: {
      headers: {
        'X-Request-Id': components['headers']['X-Request-Id'];
        [name: string]: unknown;
      };
      content: {
        'application/problem+json': components['schemas']['ProblemDto'];
      };
    };
    /** @description `body_too_large`: The body is too large. */
    body_too_large: {
      headers: {
        'X-Request-Id': components['headers']['X-Request-Id'];
        [name: string]: unknown;
      };
      content: {
        'application/problem+json': components['schemas']['ProblemDto'];
      };
    };
    /** @description `email_taken`: An account with this email exists. */
    email_taken: {
      headers: {
        'X-Request-Id': components['headers']['X-Request-Id'];
        [name: string]: unknown;
      };
      content: {
        'application/problem+json': components['schemas']['ProblemDto'];
      };
    };
    /** @description `forbidden`: These credentials do not allow this. */
    forbidden: {
      headers: {
        'X-Request-Id': components['headers']['X-Request-Id'];
        [name: string]: unknown;
      };
      content: {
        'application/problem+json': components['schemas']['ProblemDto'];
      };
    };
    /** @description `header_fields_too_large`: The headers are too large. */
    header_fields_too_large: {
      headers: {
        'X-Request-Id': components['headers']['X-Request-Id'];
        [name: string]: unknown;
      };
      content: {
        'application/problem+json': components['schemas']['ProblemDto'];
      };
    };
    /** @description `internal`: Something went wrong on our side. */
    internal: {
      headers: {
        'X-Request-Id': components['headers']['X-Request-Id'];
        [name: string]: unknown;
      };
      content: {
        'application/problem+json': components['schemas']['ProblemDto'];
      };
    };
    /** @description `invalid_credentials`: Email or password is wrong. */
    invalid_credentials: {
      headers: {
        'WWW-Authenticate': components['headers']['WWW-Authenticate'];
        'X-Request-Id': components['headers']['X-Request-Id'];
        [name: string]: unknown;
      };
      content: {
        'application/problem+json': components['schemas']['ProblemDto'];
      };
    };
    /** @description `invalid_cursor`: The cursor is invalid for this list. */
    invalid_cursor: {
      headers: {
        'X-Request-Id': components['headers']['X-Request-Id'];
        [name: string]: unknown;
      };
      content: {
        'application/problem+json': components['schemas']['ProblemDto'];
      };
    };
    /** @description `invalid_refresh_token`: The refresh token is no longer valid. */
    invalid_refresh_token: {
      headers: {
        'WWW-Authenticate': components['headers']['WWW-Authenticate'];
        'X-Request-Id': components['headers']['X-Request-Id'];
        [name: string]: unknown;
      };
      content: {
        'application/problem+json': components['schemas']['ProblemDto'];
      };
    };
    /** @description `invalid_reset_token`: The password reset link is no longer valid. */
    invalid_reset_token: {
      headers: {
        'WWW-Authenticate': components['headers']['WWW-Authenticate'];
        'X-Request-Id': components['headers']['X-Request-Id'];
        [name: string]: unknown;
      };
      content: {
        'application/problem+json': components['schemas']['ProblemDto'];
      };
    };
    /** @description `lease_lost`: The lease of this attempt has ended. */
    lease_lost: {
      headers: {
        'X-Request-Id': components['headers']['X-Request-Id'];
        [name: string]: unknown;
      };
      content: {
        'application/problem+json': components['schemas']['ProblemDto'];
      };
    };
    /** @description `malformed_json`: The body is not valid JSON. `bad_request`: The request cannot be understood. */
    malformed_json_or_bad_request: {
      headers: {
        'X-Request-Id': components['headers']['X-Request-Id'];
        [name: string]: unknown;
      };
      content: {
        'application/problem+json': components['schemas']['ProblemDto'];
      };
    };
    /** @description `malformed_json`: The body is not valid JSON. `bad_request`: The request cannot be understood. `invalid_idempotency_key`: The Idempotency-Key header is not valid. */
    malformed_json_or_bad_request_or_invalid_idempotency_key: {
      headers: {
        'X-Request-Id': components['headers']['X-Request-Id'];
        [name: string]: unknown;
      };
      content: {
        'application/problem+json': components['schemas']['ProblemDto'];
      };
    };
    /** @description `no_callback`: The request has no callback to send. */
    no_callback: {
      headers: {
        'X-Request-Id': components['headers']['X-Request-Id'];
        [name: string]: unknown;
      };
      content: {
        'application/problem+json': components['schemas']['ProblemDto'];
      };
    };
    /** @description `not_failed`: Only a failed request can be retried or dismissed. */
    not_failed: {
      headers: {
        'X-Request-Id': components['headers']['X-Request-Id'];
        [name: string]: unknown;
      };
      content: {
        'application/problem+json': components['schemas']['ProblemDto'];
      };
    };
    /** @description `not_failed`: Only a failed request can be retried or dismissed. `data_erased`: The data of the request has been erased. */
    not_failed_or_data_erased: {
      headers: {
        'X-Request-Id': components['headers']['X-Request-Id'];
        [name: string]: unknown;
      };
      content: {
        'application/problem+json': components['schemas']['ProblemDto'];
      };
    };
    /** @description `not_finished`: The request has not finished. */
    not_finished: {
      headers: {
        'X-Request-Id': components['headers']['X-Request-Id'];
        [name: string]: unknown;
      };
      content: {
        'application/problem+json': components['schemas']['ProblemDto'];
      };
    };
    /** @description `not_found`: Not found. */
    not_found: {
      headers: {
        'X-Request-Id': components['headers']['X-Request-Id'];
        [name: string]: unknown;
      };
      content: {
        'application/problem+json': components['schemas']['ProblemDto'];
      };
    };
    /** @description `queue_full`: The queue is full. `storage_full`: The queue has reached its daily storage limit. `rate_limited`: Too many calls. */
    queue_full_or_storage_full_or_rate_limited: {
      headers: {
        'Retry-After': components['headers']['Retry-After'];
        'X-Request-Id': components['headers']['X-Request-Id'];
        [name: string]: unknown;
      };
      content: {
        'application/problem+json': components['schemas']['ProblemDto'];
      };
    };
    /** @description `queue_stopped`: The queue is still stopped. */
    queue_stopped: {
      headers: {
        'X-Request-Id': components['headers']['X-Request-Id'];
        [name: string]: unknown;
      };
      content: {
        'application/problem+json': components['schemas']['ProblemDto'];
      };
    };
    /** @description `rate_limited`: Too many calls. */
    rate_limited: {
      headers: {
        'Retry-After': components['headers']['Retry-After'];
        'X-Request-Id': components['headers']['X-Request-Id'];
        [name: string]: unknown;
      };
      content: {
        'application/problem+json': components['schemas']['ProblemDto'];
      };
    };
    /** @description `registration_closed`: Registration is closed. */
    registration_closed: {
      headers: {
        'X-Request-Id': components['headers']['X-Request-Id'];
        [name: string]: unknown;
      };
      content: {
        'application/problem+json': components['schemas']['ProblemDto'];
      };
    };
    /** @description `request_timeout`: The request took too long to arrive. */
    request_timeout: {
      headers: {
        'X-Request-Id': components['headers']['X-Request-Id'];
        [name: string]: unknown;
      };
      content: {
        'application/problem+json': components['schemas']['ProblemDto'];
      };
    };
    /** @description `too_many_keys`: The account has reached its limit of API keys. */
    too_many_keys: {
      headers: {
        'X-Request-Id': components['headers']['X-Request-Id'];
        [name: string]: unknown;
      };
      content: {
        'application/problem+json': components['schemas']['ProblemDto'];
      };
    };
    /** @description `too_many_links`: The account has reached its limit of portal links. */
    too_many_links: {
      headers: {
        'X-Request-Id': components['headers']['X-Request-Id'];
        [name: string]: unknown;
      };
      content: {
        'application/problem+json': components['schemas']['ProblemDto'];
      };
    };
    /** @description `type_has_handler`: A handler of this server already serves the type. */
    type_has_handler: {
      headers: {
        'X-Request-Id': components['headers']['X-Request-Id'];
        [name: string]: unknown;
      };
      content: {
        'application/problem+json': components['schemas']['ProblemDto'];
      };
    };
    /** @description `unauthorized`: Authentication is required. */
    unauthorized: {
      headers: {
        'WWW-Authenticate': components['headers']['WWW-Authenticate'];
        'X-Request-Id': components['headers']['X-Request-Id'];
        [name: string]: unknown;
      };
      content: {
        'application/problem+json': components['schemas']['ProblemDto'];
      };
    };
    /** @description `unavailable`: The service cannot handle this right now. */
    unavailable: {
      headers: {
        'Retry-After': components['headers']['Retry-After'];
        'X-Request-Id': components['headers']['X-Request-Id'];
        [name: string]: unknown;
      };
      content: {
        'application/problem+json': components['schemas']['ProblemDto'];
      };
    };
    /** @description `unsupported_media_type`: The body must be application/json. */
    unsupported_media_type: {
      headers: {
        'X-Request-Id': components['headers']['X-Request-Id'];
        [name: string]: unknown;
      };
      content: {
        'application/problem+json': components['schemas']['ProblemDto'];
      };
    };
    /** @description `uri_too_long`: A part of the path is too long. */
    uri_too_long: {
      headers: {
        'X-Request-Id': components['headers']['X-Request-Id'];
        [name: string]: unknown;
      };
      content: {
        'application/problem+json': components['schemas']['ProblemDto'];
      };
    };
    /** @description `validation_failed`: A field is not valid. */
    validation_failed: {
      headers: {
        'X-Request-Id': components['headers']['X-Request-Id'];
        [name: string]: unknown;
      };
      content: {
        'application/problem+json': components['schemas']['ProblemDto'];
      };
    };
    /** @description `validation_failed`: A field is not valid. `unknown_type`: No handler serves this type. `payload_too_large`: The payload is too large. `payload_too_deep`: The payload is nested too deeply. `idempotency_key_reused`: The Idempotency-Key was used with another body. */
    validation_failed_or_unknown_type_or_payload_too_large_or_payload_too_deep_or_idempotency_key_reused: {
      headers: {
        'X-Request-Id': components['headers']['X-Request-Id'];
        [name: string]: unknown;
      };
      content: {
        'application/problem+json': components['schemas']['ProblemDto'];
      };
    };
    /** @description `webhook_secret_lost`: The webhook secret can no longer be read. */
    webhook_secret_lost: {
      headers: {
        'X-Request-Id': components['headers']['X-Request-Id'];
        [name: string]: unknown;
      };
      content: {
        'application/problem+json': components['schemas']['ProblemDto'];
      };
    };
  };
  parameters: never;
  requestBodies: never;
  headers: {
    /** @description Seconds to wait before trying again */
    'Retry-After': string;
    /** @description How to authenticate */
    'WWW-Authenticate': string;
    /** @description The id of the call in the logs */
    'X-Request-Id': string;
  };
  pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
  getOverview: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The current state of the service */
      200: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['OverviewDto'];
        };
      };
      401: components['responses']['unauthorized'];
      403: components['responses']['account_locked_or_forbidden'];
      408: components['responses']['request_timeout'];
      429: components['responses']['rate_limited'];
      431: components['responses']['header_fields_too_large'];
      500: components['responses']['internal'];
      503: components['responses']['unavailable'];
    };
  };
  listStuck: {
    parameters: {
      query?: {
        /** @description Maximum number of users. */
        limit?: number;
        /** @description List queues that have not moved for longer than this, in milliseconds. Paused and halted queues are always listed. */
        longerThanMs?: number;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The users whose queue is stuck */
      200: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['StuckListDto'];
        };
      };
      401: components['responses']['unauthorized'];
      403: components['responses']['account_locked_or_forbidden'];
      408: components['responses']['request_timeout'];
      422: components['responses']['validation_failed'];
      429: components['responses']['rate_limited'];
      431: components['responses']['header_fields_too_large'];
      500: components['responses']['internal'];
      503: components['responses']['unavailable'];
    };
  };
  getThroughput: {
    parameters: {
      query?: {
        /** @description The number of whole minutes, up to the latest one that all processes have reported. Minutes are kept for a day. */
        minutes?: number;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The minutes */
      200: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ThroughputDto'];
        };
      };
      401: components['responses']['unauthorized'];
      403: components['responses']['account_locked_or_forbidden'];
      408: components['responses']['request_timeout'];
      422: components['responses']['validation_failed'];
      429: components['responses']['rate_limited'];
      431: components['responses']['header_fields_too_large'];
      500: components['responses']['internal'];
      503: components['responses']['unavailable'];
    };
  };
  declareType: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description Its name: 1 to 64 of `a-z 0-9 . _ -` */
        type: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['DeclareTypeDto'];
      };
    };
    responses: {
      /** @description The declared type */
      200: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['TypeDto'];
        };
      };
      400: components['responses']['malformed_json_or_bad_request'];
      401: components['responses']['unauthorized'];
      403: components['responses']['account_locked_or_forbidden'];
      404: components['responses']['not_found'];
      408: components['responses']['request_timeout'];
      409: components['responses']['type_has_handler'];
      413: components['responses']['body_too_large'];
      414: components['responses']['uri_too_long'];
      415: components['responses']['unsupported_media_type'];
      422: components['responses']['validation_failed'];
      429: components['responses']['rate_limited'];
      431: components['responses']['header_fields_too_large'];
      500: components['responses']['internal'];
      503: components['responses']['unavailable'];
    };
  };
  listUsers: {
    parameters: {
      query?: {
        /** @description `nextCursor` of the previous page. */
        cursor?: string;
        /** @description Items at most. */
        limit?: number;
        /** @description A complete user ID, the start of an email address (in any letter case), or an account's ID of a customer. */
        q?: string;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description A page of users, newest first */
      200: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['AdminUserPageDto'];
        };
      };
      400: components['responses']['invalid_cursor'];
      401: components['responses']['unauthorized'];
      403: components['responses']['account_locked_or_forbidden'];
      408: components['responses']['request_timeout'];
      422: components['responses']['validation_failed'];
      429: components['responses']['rate_limited'];
      431: components['responses']['header_fields_too_large'];
      500: components['responses']['internal'];
      503: components['responses']['unavailable'];
    };
  };
  eraseUser: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description The id of the user */
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The erasure has started, or was done before */
      202: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ErasureDto'];
        };
      };
      400: components['responses']['malformed_json_or_bad_request'];
      401: components['responses']['unauthorized'];
      403: components['responses']['account_locked_or_forbidden'];
      404: components['responses']['not_found'];
      408: components['responses']['request_timeout'];
      413: components['responses']['body_too_large'];
      414: components['responses']['uri_too_long'];
      415: components['responses']['unsupported_media_type'];
      422: components['responses']['validation_failed'];
      429: components['responses']['rate_limited'];
      431: components['responses']['header_fields_too_large'];
      500: components['responses']['internal'];
      503: components['responses']['unavailable'];
    };
  };
  getUserErasure: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description The id of the user */
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The erasure */
      200: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ErasureDto'];
        };
      };
      400: components['responses']['bad_request'];
      401: components['responses']['unauthorized'];
      403: components['responses']['account_locked_or_forbidden'];
      404: components['responses']['not_found'];
      408: components['responses']['request_timeout'];
      414: components['responses']['uri_too_long'];
      429: components['responses']['rate_limited'];
      431: components['responses']['header_fields_too_large'];
      500: components['responses']['internal'];
      503: components['responses']['unavailable'];
    };
  };
  limitUser: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description The id of the user */
        id: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['LimitsDto'];
      };
    };
    responses: {
      /** @description The queue with its limits */
      200: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['QueueDto'];
        };
      };
      400: components['responses']['malformed_json_or_bad_request'];
      401: components['responses']['unauthorized'];
      403: components['responses']['account_locked_or_forbidden'];
      404: components['responses']['not_found'];
      408: components['responses']['request_timeout'];
      413: components['responses']['body_too_large'];
      414: components['responses']['uri_too_long'];
      415: components['responses']['unsupported_media_type'];
      422: components['responses']['validation_failed'];
      429: components['responses']['rate_limited'];
      431: components['responses']['header_fields_too_large'];
      500: components['responses']['internal'];
      503: components['responses']['unavailable'];
    };
  };
  getUserQueue: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description The id of the user */
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The current state of the queue */
      200: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['AdminQueueDto'];
        };
      };
      400: components['responses']['bad_request'];
      401: components['responses']['unauthorized'];
      403: components['responses']['account_locked_or_forbidden'];
      404: components['responses']['not_found'];
      408: components['responses']['request_timeout'];
      414: components['responses']['uri_too_long'];
      429: components['responses']['rate_limited'];
      431: components['responses']['header_fields_too_large'];
      500: components['responses']['internal'];
      503: components['responses']['unavailable'];
    };
  };
  pauseUserQueue: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description The id of the user */
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The paused queue */
      200: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['QueueDto'];
        };
      };
      400: components['responses']['malformed_json_or_bad_request'];
      401: components['responses']['unauthorized'];
      403: components['responses']['account_locked_or_forbidden'];
      404: components['responses']['not_found'];
      408: components['responses']['request_timeout'];
      413: components['responses']['body_too_large'];
      414: components['responses']['uri_too_long'];
      415: components['responses']['unsupported_media_type'];
      422: components['responses']['validation_failed'];
      429: components['responses']['rate_limited'];
      431: components['responses']['header_fields_too_large'];
      500: components['responses']['internal'];
      503: components['responses']['unavailable'];
    };
  };
  purgeUserQueue: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description The id of the user */
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The number of cancelled requests */
      200: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['PurgedDto'];
        };
      };
      400: components['responses']['malformed_json_or_bad_request'];
      401: components['responses']['unauthorized'];
      403: components['responses']['account_locked_or_forbidden'];
      404: components['responses']['not_found'];
      408: components['responses']['request_timeout'];
      413: components['responses']['body_too_large'];
      414: components['responses']['uri_too_long'];
      415: components['responses']['unsupported_media_type'];
      422: components['responses']['validation_failed'];
      429: components['responses']['rate_limited'];
      431: components['responses']['header_fields_too_large'];
      500: components['responses']['internal'];
      503: components['responses']['unavailable'];
    };
  };
  resumeUserQueue: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description The id of the user */
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The resumed queue */
      200: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['QueueDto'];
        };
      };
      400: components['responses']['malformed_json_or_bad_request'];
      401: components['responses']['unauthorized'];
      403: components['responses']['account_locked_or_forbidden'];
      404: components['responses']['not_found'];
      408: components['responses']['request_timeout'];
      409: components['responses']['queue_stopped'];
      413: components['responses']['body_too_large'];
      414: components['responses']['uri_too_long'];
      415: components['responses']['unsupported_media_type'];
      422: components['responses']['validation_failed'];
      429: components['responses']['rate_limited'];
      431: components['responses']['header_fields_too_large'];
      500: components['responses']['internal'];
      503: components['responses']['unavailable'];
    };
  };
  listUserRequests: {
    parameters: {
      query?: {
        /** @description `nextCursor` of the previous page. */
        cursor?: string;
        /** @description Accepted at or after this time (RFC 3339 with offset). */
        from?: string;
        /** @description Items at most. */
        limit?: number;
        /** @description By `seq`: `newest` first, or `oldest` first (the order of running). */
        order?: 'newest' | 'oldest';
        /**
         * @description An ID, a tag, or text that the payload contains, in any letter case. For a portal link, payloads that may contain
         *     a secret are not searched.
         */
        q?: string;
        /** @description With any of these statuses; the parameter may be repeated. */
        status?: (
          'scheduled' | 'queued' | 'active' | 'retrying' | 'succeeded' | 'failed' | 'cancelled' | 'dismissed'
        )[];
        /** @description With this tag. */
        tag?: string;
        /** @description Accepted before this time (RFC 3339 with offset). */
        to?: string;
        /** @description Of this type. */
        type?: string;
      };
      header?: never;
      path: {
        /** @description The id of the user */
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description A page of requests */
      200: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['RequestPageDto'];
        };
      };
      400: components['responses']['bad_request_or_invalid_cursor'];
      401: components['responses']['unauthorized'];
      403: components['responses']['account_locked_or_forbidden'];
      404: components['responses']['not_found'];
      408: components['responses']['request_timeout'];
      414: components['responses']['uri_too_long'];
      422: components['responses']['validation_failed'];
      429: components['responses']['rate_limited'];
      431: components['responses']['header_fields_too_large'];
      500: components['responses']['internal'];
      503: components['responses']['unavailable'];
    };
  };
  getUserRequest: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description The id of the user */
        id: string;
        /** @description The request's id */
        requestId: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The request */
      200: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['RequestDto'];
        };
      };
      400: components['responses']['bad_request'];
      401: components['responses']['unauthorized'];
      403: components['responses']['account_locked_or_forbidden'];
      404: components['responses']['not_found'];
      408: components['responses']['request_timeout'];
      414: components['responses']['uri_too_long'];
      429: components['responses']['rate_limited'];
      431: components['responses']['header_fields_too_large'];
      500: components['responses']['internal'];
      503: components['responses']['unavailable'];
    };
  };
  cancelUserRequest: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description The id of the user */
        id: string;
        /** @description The request's id */
        requestId: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The cancelled request */
      200: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['RequestDto'];
        };
      };
      400: components['responses']['malformed_json_or_bad_request'];
      401: components['responses']['unauthorized'];
      403: components['responses']['account_locked_or_forbidden'];
      404: components['responses']['not_found'];
      408: components['responses']['request_timeout'];
      409: components['responses']['already_finished'];
      413: components['responses']['body_too_large'];
      414: components['responses']['uri_too_long'];
      415: components['responses']['unsupported_media_type'];
      422: components['responses']['validation_failed'];
      429: components['responses']['rate_limited'];
      431: components['responses']['header_fields_too_large'];
      500: components['responses']['internal'];
      503: components['responses']['unavailable'];
    };
  };
  dismissUserRequest: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description The id of the user */
        id: string;
        /** @description The request's id */
        requestId: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The dismissed request */
      200: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['RequestDto'];
        };
      };
      400: components['responses']['malformed_json_or_bad_request'];
      401: components['responses']['unauthorized'];
      403: components['responses']['account_locked_or_forbidden'];
      404: components['responses']['not_found'];
      408: components['responses']['request_timeout'];
      409: components['responses']['not_failed'];
      413: components['responses']['body_too_large'];
      414: components['responses']['uri_too_long'];
      415: components['responses']['unsupported_media_type'];
      422: components['responses']['validation_failed'];
      429: components['responses']['rate_limited'];
      431: components['responses']['header_fields_too_large'];
      500: components['responses']['internal'];
      503: components['responses']['unavailable'];
    };
  };
  retryUserRequest: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description The id of the user */
        id: string;
        /** @description The request's id */
        requestId: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The request, queued again */
      200: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['RequestDto'];
        };
      };
      400: components['responses']['malformed_json_or_bad_request'];
      401: components['responses']['unauthorized'];
      403: components['responses']['account_locked_or_forbidden'];
      404: components['responses']['not_found'];
      408: components['responses']['request_timeout'];
      409: components['responses']['not_failed_or_data_erased'];
      413: components['responses']['body_too_large'];
      414: components['responses']['uri_too_long'];
      415: components['responses']['unsupported_media_type'];
      422: components['responses']['validation_failed'];
      429: components['responses']['rate_limited'];
      431: components['responses']['header_fields_too_large'];
      500: components['responses']['internal'];
      503: components['responses']['unavailable'];
    };
  };
  cancelUserRequests: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description The id of the user */
        id: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['BulkDto'];
      };
    };
    responses: {
      /** @description The number of requests */
      200: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['BulkResultDto'];
        };
      };
      400: components['responses']['malformed_json_or_bad_request'];
      401: components['responses']['unauthorized'];
      403: components['responses']['account_locked_or_forbidden'];
      404: components['responses']['not_found'];
      408: components['responses']['request_timeout'];
      413: components['responses']['body_too_large'];
      414: components['responses']['uri_too_long'];
      415: components['responses']['unsupported_media_type'];
      422: components['responses']['validation_failed'];
      429: components['responses']['rate_limited'];
      431: components['responses']['header_fields_too_large'];
      500: components['responses']['internal'];
      503: components['responses']['unavailable'];
    };
  };
  dismissUserRequests: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description The id of the user */
        id: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['BulkDto'];
      };
    };
    responses: {
      /** @description The number of requests */
      200: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['BulkResultDto'];
        };
      };
      400: components['responses']['malformed_json_or_bad_request'];
      401: components['responses']['unauthorized'];
      403: components['responses']['account_locked_or_forbidden'];
      404: components['responses']['not_found'];
      408: components['responses']['request_timeout'];
      413: components['responses']['body_too_large'];
      414: components['responses']['uri_too_long'];
      415: components['responses']['unsupported_media_type'];
      422: components['responses']['validation_failed'];
      429: components['responses']['rate_limited'];
      431: components['responses']['header_fields_too_large'];
      500: components['responses']['internal'];
      503: components['responses']['unavailable'];
    };
  };
  retryUserRequests: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description The id of the user */
        id: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['BulkDto'];
      };
    };
    responses: {
      /** @description The number of requests */
      200: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['BulkResultDto'];
        };
      };
      400: components['responses']['malformed_json_or_bad_request'];
      401: components['responses']['unauthorized'];
      403: components['responses']['account_locked_or_forbidden'];
      404: components['responses']['not_found'];
      408: components['responses']['request_timeout'];
      413: components['responses']['body_too_large'];
      414: components['responses']['uri_too_long'];
      415: components['responses']['unsupported_media_type'];
      422: components['responses']['validation_failed'];
      429: components['responses']['rate_limited'];
      431: components['responses']['header_fields_too_large'];
      500: components['responses']['internal'];
      503: components['responses']['unavailable'];
    };
  };
  listApiKeys: {
    parameters: {
      query?: {
        /** @description `nextCursor` of the previous page. */
        cursor?: string;
        /** @description Items at most. */
        limit?: number;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description A page of keys */
      200: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ApiKeyPageDto'];
        };
      };
      400: components['responses']['invalid_cursor'];
      401: components['responses']['unauthorized'];
      403: components['responses']['account_locked_or_forbidden'];
      408: components['responses']['request_timeout'];
      422: components['responses']['validation_failed'];
      429: components['responses']['rate_limited'];
      431: components['responses']['header_fields_too_large'];
      500: components['responses']['internal'];
      503: components['responses']['unavailable'];
    };
  };
  createApiKey: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['CreateApiKeyDto'];
      };
    };
    responses: {
      /** @description The key. It is shown only once */
      201: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['IssuedApiKeyDto'];
        };
      };
      400: components['responses']['malformed_json_or_bad_request'];
      401: components['responses']['unauthorized'];
      403: components['responses']['account_locked_or_forbidden'];
      408: components['responses']['request_timeout'];
      409: components['responses']['too_many_keys'];
      413: components['responses']['body_too_large'];
      415: components['responses']['unsupported_media_type'];
      422: components['responses']['validation_failed'];
      429: components['responses']['rate_limited'];
      431: components['responses']['header_fields_too_large'];
      500: components['responses']['internal'];
      503: components['responses']['unavailable'];
    };
  };
  endApiKey: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description The key's id */
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The key has ended */
      204: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          [name: string]: unknown;
        };
        content?: never;
      };
      400: components['responses']['malformed_json_or_bad_request'];
      401: components['responses']['unauthorized'];
      403: components['responses']['account_locked_or_forbidden'];
      404: components['responses']['not_found'];
      408: components['responses']['request_timeout'];
      413: components['responses']['body_too_large'];
      414: components['responses']['uri_too_long'];
      415: components['responses']['unsupported_media_type'];
      422: components['responses']['validation_failed'];
      429: components['responses']['rate_limited'];
      431: components['responses']['header_fields_too_large'];
      500: components['responses']['internal'];
      503: components['responses']['unavailable'];
    };
  };
  login: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['LoginDto'];
      };
    };
    responses: {
      /** @description The tokens of a new session */
      200: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['TokensDto'];
        };
      };
      400: components['responses']['malformed_json_or_bad_request'];
      401: components['responses']['invalid_credentials'];
      403: components['responses']['account_locked'];
      408: components['responses']['request_timeout'];
      413: components['responses']['body_too_large'];
      415: components['responses']['unsupported_media_type'];
      422: components['responses']['validation_failed'];
      429: components['responses']['rate_limited'];
      431: components['responses']['header_fields_too_large'];
      500: components['responses']['internal'];
      503: components['responses']['unavailable'];
    };
  };
  logout: {
    parameters: {
      query?: {
        /** @description `true`: end every session of the user; `false`: end only the session that makes this call. */
        all?: boolean;
        /** @description `true`: also end every API key of the user. */
        keys?: boolean;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The session, or every session of the user, has ended */
      204: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          [name: string]: unknown;
        };
        content?: never;
      };
      400: components['responses']['malformed_json_or_bad_request'];
      401: components['responses']['unauthorized'];
      403: components['responses']['account_locked_or_forbidden'];
      408: components['responses']['request_timeout'];
      413: components['responses']['body_too_large'];
      415: components['responses']['unsupported_media_type'];
      422: components['responses']['validation_failed'];
      429: components['responses']['rate_limited'];
      431: components['responses']['header_fields_too_large'];
      500: components['responses']['internal'];
      503: components['responses']['unavailable'];
    };
  };
  getMe: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The account */
      200: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['UserDto'];
        };
      };
      401: components['responses']['unauthorized'];
      403: components['responses']['account_locked_or_forbidden'];
      408: components['responses']['request_timeout'];
      429: components['responses']['rate_limited'];
      431: components['responses']['header_fields_too_large'];
      500: components['responses']['internal'];
      503: components['responses']['unavailable'];
    };
  };
  endMe: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['EndMeDto'];
      };
    };
    responses: {
      /** @description The account has ended. Its email address can be registered again */
      204: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          [name: string]: unknown;
        };
        content?: never;
      };
      400: components['responses']['malformed_json_or_bad_request'];
      401: components['responses']['unauthorized'];
      403: components['responses']['account_locked_or_forbidden'];
      408: components['responses']['request_timeout'];
      413: components['responses']['body_too_large'];
      415: components['responses']['unsupported_media_type'];
      422: components['responses']['validation_failed'];
      429: components['responses']['rate_limited'];
      431: components['responses']['header_fields_too_large'];
      500: components['responses']['internal'];
      503: components['responses']['unavailable'];
    };
  };
  changeMe: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['ChangeMeDto'];
      };
    };
    responses: {
      /** @description The changed account */
      200: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['UserDto'];
        };
      };
      400: components['responses']['malformed_json_or_bad_request'];
      401: components['responses']['unauthorized'];
      403: components['responses']['account_locked_or_forbidden'];
      408: components['responses']['request_timeout'];
      413: components['responses']['body_too_large'];
      415: components['responses']['unsupported_media_type'];
      422: components['responses']['validation_failed'];
      429: components['responses']['rate_limited'];
      431: components['responses']['header_fields_too_large'];
      500: components['responses']['internal'];
      503: components['responses']['unavailable'];
    };
  };
  changePassword: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['ChangePasswordDto'];
      };
    };
    responses: {
      /** @description The new password is in effect */
      204: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          [name: string]: unknown;
        };
        content?: never;
      };
      400: components['responses']['malformed_json_or_bad_request'];
      401: components['responses']['unauthorized'];
      403: components['responses']['account_locked_or_forbidden'];
      408: components['responses']['request_timeout'];
      413: components['responses']['body_too_large'];
      415: components['responses']['unsupported_media_type'];
      422: components['responses']['validation_failed'];
      429: components['responses']['rate_limited'];
      431: components['responses']['header_fields_too_large'];
      500: components['responses']['internal'];
      503: components['responses']['unavailable'];
    };
  };
  resetPassword: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['ResetPasswordDto'];
      };
    };
    responses: {
      /** @description The new password is in effect */
      204: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          [name: string]: unknown;
        };
        content?: never;
      };
      400: components['responses']['malformed_json_or_bad_request'];
      401: components['responses']['invalid_reset_token'];
      408: components['responses']['request_timeout'];
      413: components['responses']['body_too_large'];
      415: components['responses']['unsupported_media_type'];
      422: components['responses']['validation_failed'];
      429: components['responses']['rate_limited'];
      431: components['responses']['header_fields_too_large'];
      500: components['responses']['internal'];
      503: components['responses']['unavailable'];
    };
  };
  refresh: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['RefreshDto'];
      };
    };
    responses: {
      /** @description New tokens of the same session */
      200: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['TokensDto'];
        };
      };
      400: components['responses']['malformed_json_or_bad_request'];
      401: components['responses']['invalid_refresh_token'];
      403: components['responses']['account_locked'];
      408: components['responses']['request_timeout'];
      413: components['responses']['body_too_large'];
      415: components['responses']['unsupported_media_type'];
      422: components['responses']['validation_failed'];
      429: components['responses']['rate_limited'];
      431: components['responses']['header_fields_too_large'];
      500: components['responses']['internal'];
      503: components['responses']['unavailable'];
    };
  };
  register: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['RegisterDto'];
      };
    };
    responses: {
      /** @description The account */
      201: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['UserDto'];
        };
      };
      400: components['responses']['malformed_json_or_bad_request'];
      403: components['responses']['registration_closed'];
      408: components['responses']['request_timeout'];
      409: components['responses']['email_taken'];
      413: components['responses']['body_too_large'];
      415: components['responses']['unsupported_media_type'];
      422: components['responses']['validation_failed'];
      429: components['responses']['rate_limited'];
      431: components['responses']['header_fields_too_large'];
      500: components['responses']['internal'];
      503: components['responses']['unavailable'];
    };
  };
  listSessions: {
    parameters: {
      query?: {
        /** @description `nextCursor` of the previous page. */
        cursor?: string;
        /** @description Items at most. */
        limit?: number;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description A page of sessions */
      200: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['SessionPageDto'];
        };
      };
      400: components['responses']['invalid_cursor'];
      401: components['responses']['unauthorized'];
      403: components['responses']['account_locked_or_forbidden'];
      408: components['responses']['request_timeout'];
      422: components['responses']['validation_failed'];
      429: components['responses']['rate_limited'];
      431: components['responses']['header_fields_too_large'];
      500: components['responses']['internal'];
      503: components['responses']['unavailable'];
    };
  };
  endSession: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description The session's id */
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The session has ended */
      204: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          [name: string]: unknown;
        };
        content?: never;
      };
      400: components['responses']['malformed_json_or_bad_request'];
      401: components['responses']['unauthorized'];
      403: components['responses']['account_locked_or_forbidden'];
      404: components['responses']['not_found'];
      408: components['responses']['request_timeout'];
      413: components['responses']['body_too_large'];
      414: components['responses']['uri_too_long'];
      415: components['responses']['unsupported_media_type'];
      422: components['responses']['validation_failed'];
      429: components['responses']['rate_limited'];
      431: components['responses']['header_fields_too_large'];
      500: components['responses']['internal'];
      503: components['responses']['unavailable'];
    };
  };
  eraseCustomer: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description Your ID of the customer, as in `Turnwise-User`, URL-encoded (1 to 128 printable ASCII characters, without a space at the start or the end, and not `.` or `..`) */
        customer: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The erasure has started, or was done before */
      202: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ErasureDto'];
        };
      };
      400: components['responses']['malformed_json_or_bad_request'];
      401: components['responses']['unauthorized'];
      403: components['responses']['account_locked_or_forbidden'];
      404: components['responses']['not_found'];
      408: components['responses']['request_timeout'];
      413: components['responses']['body_too_large'];
      414: components['responses']['uri_too_long'];
      415: components['responses']['unsupported_media_type'];
      422: components['responses']['validation_failed'];
      429: components['responses']['rate_limited'];
      431: components['responses']['header_fields_too_large'];
      500: components['responses']['internal'];
      503: components['responses']['unavailable'];
    };
  };
  getCustomerErasure: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description Your ID of the customer, as in `Turnwise-User`, URL-encoded (1 to 128 printable ASCII characters, without a space at the start or the end, and not `.` or `..`) */
        customer: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The erasures in progress, or the latest one */
      200: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ErasureDto'];
        };
      };
      400: components['responses']['bad_request'];
      401: components['responses']['unauthorized'];
      403: components['responses']['account_locked_or_forbidden'];
      404: components['responses']['not_found'];
      408: components['responses']['request_timeout'];
      414: components['responses']['uri_too_long'];
      429: components['responses']['rate_limited'];
      431: components['responses']['header_fields_too_large'];
      500: components['responses']['internal'];
      503: components['responses']['unavailable'];
    };
  };
  enqueue: {
    parameters: {
      query?: never;
      header?: {
        /** @description 1 to 255 printable ASCII characters. The same key with the same body gets the same answer. */
        'Idempotency-Key'?: string;
        /** @description `wait=N`: if the request ends within N seconds (1 to 60), the answer is 200 with the whole request. */
        Prefer?: string;
        /** @description With an API key of the scope `act-as`: your ID of the customer to act for (1 to 128 printable ASCII characters, without a space at the start or the end, and not `.` or `..`). */
        'Turnwise-User'?: string;
      };
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['EnqueueDto'];
      };
    };
    responses: {
      /** @description Accepted, and ended within the wait of `Prefer`: the request, as `GET /requests/{id}` answers it */
      200: {
        headers: {
          /** @description `true` if this repeats the answer of an earlier call with the same Idempotency-Key */
          'Idempotent-Replayed'?: 'true';
          /**
           * @description The path of the request, without the path prefix of a proxy
           * @example /requests/019cb0a4
           */
          Location?: string;
          /**
           * @description The wait that was applied
           * @example wait=10
           */
          'Preference-Applied'?: string;
          'X-Request-Id': components['headers']['X-Request-Id'];
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['EnqueuedDto'];
        };
      };
      /** @description Accepted: `id`, `seq`, `type`, `status`, `position` (unless scheduled) and `createdAt` */
      202: {
        headers: {
          /** @description `true` if this repeats the answer of an earlier call with the same Idempotency-Key */
          'Idempotent-Replayed'?: 'true';
          /**
           * @description The path of the request, without the path prefix of a proxy
           * @example /requests/019cb0a4
           */
          Location?: string;
          'X-Request-Id': components['headers']['X-Request-Id'];
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['EnqueuedDto'];
        };
      };
      400: components['responses']['malformed_json_or_bad_request_or_invalid_idempotency_key'];
      401: components['responses']['unauthorized'];
      403: components['responses']['account_locked_or_forbidden'];
      408: components['responses']['request_timeout'];
      413: components['responses']['body_too_large'];
      415: components['responses']['unsupported_media_type'];
      422: components['responses']['validation_failed_or_unknown_type_or_payload_too_large_or_payload_too_deep_or_idempotency_key_reused'];
      429: components['responses']['queue_full_or_storage_full_or_rate_limited'];
      431: components['responses']['header_fields_too_large'];
      500: components['responses']['internal'];
      503: components['responses']['unavailable'];
    };
  };
  enqueueBatch: {
    parameters: {
      query?: never;
      header?: {
        /** @description 1 to 255 printable ASCII characters. The same key with the same body gets the same answer. */
        'Idempotency-Key'?: string;
        /** @description With an API key of the scope `act-as`: your ID of the customer to act for (1 to 128 printable ASCII characters, without a space at the start or the end, and not `.` or `..`). */
        'Turnwise-User'?: string;
      };
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['EnqueueBatchDto'];
      };
    };
    responses: {
      /** @description All accepted */
      202: {
        headers: {
          /** @description `true` if this repeats the answer of an earlier call with the same Idempotency-Key */
          'Idempotent-Replayed'?: 'true';
          'X-Request-Id': components['headers']['X-Request-Id'];
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['AcceptedBatchDto'];
        };
      };
      400: components['responses']['malformed_json_or_bad_request_or_invalid_idempotency_key'];
      401: components['responses']['unauthorized'];
      403: components['responses']['account_locked_or_forbidden'];
      408: components['responses']['request_timeout'];
      413: components['responses']['body_too_large'];
      415: components['responses']['unsupported_media_type'];
      422: components['responses']['validation_failed_or_unknown_type_or_payload_too_large_or_payload_too_deep_or_idempotency_key_reused'];
      429: components['responses']['queue_full_or_storage_full_or_rate_limited'];
      431: components['responses']['header_fields_too_large'];
      500: components['responses']['internal'];
      503: components['responses']['unavailable'];
    };
  };
  streamEvents: {
    parameters: {
      query?: never;
      header?: {
        /** @description The id of the last event received */
        'Last-Event-ID'?: string;
        /** @description With an API key of the scope `act-as`: your ID of the customer to act for (1 to 128 printable ASCII characters, without a space at the start or the end, and not `.` or `..`). */
        'Turnwise-User'?: string;
      };
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The stream, until either side closes it */
      200: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          [name: string]: unknown;
        };
        content: {
          /**
           * @example retry: 1000
           *     id: 1795586873275-0
           *
           *     id: 1795586873301-0
           *     event: request.started
           *     data: {"type":"request.started","requestId":"019cb0a4-7a4e-7c3e-9d57-2f4f7a1f6a11","at":"2026-11-25T10:47:53.301Z","attempt":1}
           *
           *     : still here
           */
          'text/event-stream': string;
        };
      };
      400: components['responses']['bad_request'];
      401: components['responses']['unauthorized'];
      403: components['responses']['account_locked_or_forbidden'];
      408: components['responses']['request_timeout'];
      429: components['responses']['rate_limited'];
      431: components['responses']['header_fields_too_large'];
      500: components['responses']['internal'];
      503: components['responses']['unavailable'];
    };
  };
  live: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['LiveDto'];
        };
      };
      408: components['responses']['request_timeout'];
      429: components['responses']['rate_limited'];
      431: components['responses']['header_fields_too_large'];
      500: components['responses']['internal'];
      503: components['responses']['unavailable'];
    };
  };
  ready: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ReadyDto'];
        };
      };
      408: components['responses']['request_timeout'];
      429: components['responses']['rate_limited'];
      431: components['responses']['header_fields_too_large'];
      500: components['responses']['internal'];
      /** @description `unavailable`: The service cannot handle this right now. */
      503: {
        headers: {
          'Retry-After': components['headers']['Retry-After'];
          'X-Request-Id': components['headers']['X-Request-Id'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['NotReadyDto'];
        };
      };
    };
  };
  metrics: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Prometheus text format */
      200: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          [name: string]: unknown;
        };
        content: {
          /** @example turnwise_event_streams 3 */
          'text/plain': string;
        };
      };
      401: components['responses']['unauthorized'];
      403: components['responses']['forbidden'];
      408: components['responses']['request_timeout'];
      429: components['responses']['rate_limited'];
      431: components['responses']['header_fields_too_large'];
      500: components['responses']['internal'];
      503: components['responses']['unavailable'];
    };
  };
  listPortalLinks: {
    parameters: {
      query?: {
        /** @description `nextCursor` of the previous page. */
        cursor?: string;
        /** @description Items at most. */
        limit?: number;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description A page of links that are still valid */
      200: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['PortalLinkPageDto'];
        };
      };
      400: components['responses']['invalid_cursor'];
      401: components['responses']['unauthorized'];
      403: components['responses']['account_locked_or_forbidden'];
      408: components['responses']['request_timeout'];
      422: components['responses']['validation_failed'];
      429: components['responses']['rate_limited'];
      431: components['responses']['header_fields_too_large'];
      500: components['responses']['internal'];
      503: components['responses']['unavailable'];
    };
  };
  createPortalLink: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['CreatePortalLinkDto'];
      };
    };
    responses: {
      /** @description The link. Its token is shown only once */
      201: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['IssuedPortalLinkDto'];
        };
      };
      400: components['responses']['malformed_json_or_bad_request'];
      401: components['responses']['unauthorized'];
      403: components['responses']['account_locked_or_forbidden'];
      408: components['responses']['request_timeout'];
      409: components['responses']['too_many_links'];
      413: components['responses']['body_too_large'];
      415: components['responses']['unsupported_media_type'];
      422: components['responses']['validation_failed'];
      429: components['responses']['rate_limited'];
      431: components['responses']['header_fields_too_large'];
      500: components['responses']['internal'];
      503: components['responses']['unavailable'];
    };
  };
  endPortalLink: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description The link's id */
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The link has ended */
      204: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          [name: string]: unknown;
        };
        content?: never;
      };
      400: components['responses']['malformed_json_or_bad_request'];
      401: components['responses']['unauthorized'];
      403: components['responses']['account_locked_or_forbidden'];
      404: components['responses']['not_found'];
      408: components['responses']['request_timeout'];
      413: components['responses']['body_too_large'];
      414: components['responses']['uri_too_long'];
      415: components['responses']['unsupported_media_type'];
      422: components['responses']['validation_failed'];
      429: components['responses']['rate_limited'];
      431: components['responses']['header_fields_too_large'];
      500: components['responses']['internal'];
      503: components['responses']['unavailable'];
    };
  };
  getPortalLink: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The link */
      200: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['PortalLinkDto'];
        };
      };
      401: components['responses']['unauthorized'];
      403: components['responses']['account_locked_or_forbidden'];
      404: components['responses']['not_found'];
      408: components['responses']['request_timeout'];
      429: components['responses']['rate_limited'];
      431: components['responses']['header_fields_too_large'];
      500: components['responses']['internal'];
      503: components['responses']['unavailable'];
    };
  };
  getQueue: {
    parameters: {
      query?: never;
      header?: {
        /** @description With an API key of the scope `act-as`: your ID of the customer to act for (1 to 128 printable ASCII characters, without a space at the start or the end, and not `.` or `..`). */
        'Turnwise-User'?: string;
      };
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The current state of the queue */
      200: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['QueueDto'];
        };
      };
      400: components['responses']['bad_request'];
      401: components['responses']['unauthorized'];
      403: components['responses']['account_locked_or_forbidden'];
      408: components['responses']['request_timeout'];
      429: components['responses']['rate_limited'];
      431: components['responses']['header_fields_too_large'];
      500: components['responses']['internal'];
      503: components['responses']['unavailable'];
    };
  };
  changeQueue: {
    parameters: {
      query?: never;
      header?: {
        /** @description With an API key of the scope `act-as`: your ID of the customer to act for (1 to 128 printable ASCII characters, without a space at the start or the end, and not `.` or `..`). */
        'Turnwise-User'?: string;
      };
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['ChangeQueueDto'];
      };
    };
    responses: {
      /** @description The queue with the new policy */
      200: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['QueueDto'];
        };
      };
      400: components['responses']['malformed_json_or_bad_request'];
      401: components['responses']['unauthorized'];
      403: components['responses']['account_locked_or_forbidden'];
      408: components['responses']['request_timeout'];
      413: components['responses']['body_too_large'];
      415: components['responses']['unsupported_media_type'];
      422: components['responses']['validation_failed'];
      429: components['responses']['rate_limited'];
      431: components['responses']['header_fields_too_large'];
      500: components['responses']['internal'];
      503: components['responses']['unavailable'];
    };
  };
  auditQueue: {
    parameters: {
      query?: {
        /** @description How many of the latest requests to check, by `seq`. */
        last?: number;
      };
      header?: {
        /** @description With an API key of the scope `act-as`: your ID of the customer to act for (1 to 128 printable ASCII characters, without a space at the start or the end, and not `.` or `..`). */
        'Turnwise-User'?: string;
      };
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The findings */
      200: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['AuditDto'];
        };
      };
      400: components['responses']['bad_request'];
      401: components['responses']['unauthorized'];
      403: components['responses']['account_locked_or_forbidden'];
      408: components['responses']['request_timeout'];
      422: components['responses']['validation_failed'];
      429: components['responses']['rate_limited'];
      431: components['responses']['header_fields_too_large'];
      500: components['responses']['internal'];
      503: components['responses']['unavailable'];
    };
  };
  pauseQueue: {
    parameters: {
      query?: never;
      header?: {
        /** @description With an API key of the scope `act-as`: your ID of the customer to act for (1 to 128 printable ASCII characters, without a space at the start or the end, and not `.` or `..`). */
        'Turnwise-User'?: string;
      };
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The paused queue */
      200: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['QueueDto'];
        };
      };
      400: components['responses']['malformed_json_or_bad_request'];
      401: components['responses']['unauthorized'];
      403: components['responses']['account_locked_or_forbidden'];
      408: components['responses']['request_timeout'];
      413: components['responses']['body_too_large'];
      415: components['responses']['unsupported_media_type'];
      422: components['responses']['validation_failed'];
      429: components['responses']['rate_limited'];
      431: components['responses']['header_fields_too_large'];
      500: components['responses']['internal'];
      503: components['responses']['unavailable'];
    };
  };
  purgeQueue: {
    parameters: {
      query?: never;
      header?: {
        /** @description With an API key of the scope `act-as`: your ID of the customer to act for (1 to 128 printable ASCII characters, without a space at the start or the end, and not `.` or `..`). */
        'Turnwise-User'?: string;
      };
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The number of cancelled requests */
      200: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['PurgedDto'];
        };
      };
      400: components['responses']['malformed_json_or_bad_request'];
      401: components['responses']['unauthorized'];
      403: components['responses']['account_locked_or_forbidden'];
      408: components['responses']['request_timeout'];
      413: components['responses']['body_too_large'];
      415: components['responses']['unsupported_media_type'];
      422: components['responses']['validation_failed'];
      429: components['responses']['rate_limited'];
      431: components['responses']['header_fields_too_large'];
      500: components['responses']['internal'];
      503: components['responses']['unavailable'];
    };
  };
  resumeQueue: {
    parameters: {
      query?: never;
      header?: {
        /** @description With an API key of the scope `act-as`: your ID of the customer to act for (1 to 128 printable ASCII characters, without a space at the start or the end, and not `.` or `..`). */
        'Turnwise-User'?: string;
      };
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The resumed queue */
      200: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['QueueDto'];
        };
      };
      400: components['responses']['malformed_json_or_bad_request'];
      401: components['responses']['unauthorized'];
      403: components['responses']['account_locked_or_forbidden'];
      408: components['responses']['request_timeout'];
      409: components['responses']['queue_stopped'];
      413: components['responses']['body_too_large'];
      415: components['responses']['unsupported_media_type'];
      422: components['responses']['validation_failed'];
      429: components['responses']['rate_limited'];
      431: components['responses']['header_fields_too_large'];
      500: components['responses']['internal'];
      503: components['responses']['unavailable'];
    };
  };
  listRequests: {
    parameters: {
      query?: {
        /** @description `nextCursor` of the previous page. */
        cursor?: string;
        /** @description Accepted at or after this time (RFC 3339 with offset). */
        from?: string;
        /** @description Items at most. */
        limit?: number;
        /** @description By `seq`: `newest` first, or `oldest` first (the order of running). */
        order?: 'newest' | 'oldest';
        /**
         * @description An ID, a tag, or text that the payload contains, in any letter case. For a portal link, payloads that may contain
         *     a secret are not searched.
         */
        q?: string;
        /** @description With any of these statuses; the parameter may be repeated. */
        status?: (
          'scheduled' | 'queued' | 'active' | 'retrying' | 'succeeded' | 'failed' | 'cancelled' | 'dismissed'
        )[];
        /** @description With this tag. */
        tag?: string;
        /** @description Accepted before this time (RFC 3339 with offset). */
        to?: string;
        /** @description Of this type. */
        type?: string;
      };
      header?: {
        /** @description With an API key of the scope `act-as`: your ID of the customer to act for (1 to 128 printable ASCII characters, without a space at the start or the end, and not `.` or `..`). */
        'Turnwise-User'?: string;
      };
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description A page of requests */
      200: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['RequestPageDto'];
        };
      };
      400: components['responses']['bad_request_or_invalid_cursor'];
      401: components['responses']['unauthorized'];
      403: components['responses']['account_locked_or_forbidden'];
      408: components['responses']['request_timeout'];
      422: components['responses']['validation_failed'];
      429: components['responses']['rate_limited'];
      431: components['responses']['header_fields_too_large'];
      500: components['responses']['internal'];
      503: components['responses']['unavailable'];
    };
  };
  getRequest: {
    parameters: {
      query?: {
        /** @description Seconds to wait for the request to end. After that, the answer is its current state. */
        wait?: number;
      };
      header?: {
        /** @description With an API key of the scope `act-as`: your ID of the customer to act for (1 to 128 printable ASCII characters, without a space at the start or the end, and not `.` or `..`). */
        'Turnwise-User'?: string;
      };
      path: {
        /** @description The request's id */
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The request */
      200: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['RequestDto'];
        };
      };
      400: components['responses']['bad_request'];
      401: components['responses']['unauthorized'];
      403: components['responses']['account_locked_or_forbidden'];
      404: components['responses']['not_found'];
      408: components['responses']['request_timeout'];
      414: components['responses']['uri_too_long'];
      422: components['responses']['validation_failed'];
      429: components['responses']['rate_limited'];
      431: components['responses']['header_fields_too_large'];
      500: components['responses']['internal'];
      503: components['responses']['unavailable'];
    };
  };
  resendCallback: {
    parameters: {
      query?: never;
      header?: {
        /** @description With an API key of the scope `act-as`: your ID of the customer to act for (1 to 128 printable ASCII characters, without a space at the start or the end, and not `.` or `..`). */
        'Turnwise-User'?: string;
      };
      path: {
        /** @description The request's id */
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The request, whose callback is being sent */
      200: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['RequestDto'];
        };
      };
      400: components['responses']['malformed_json_or_bad_request'];
      401: components['responses']['unauthorized'];
      403: components['responses']['account_locked_or_forbidden'];
      404: components['responses']['not_found'];
      408: components['responses']['request_timeout'];
      409: components['responses']['no_callback'];
      413: components['responses']['body_too_large'];
      414: components['responses']['uri_too_long'];
      415: components['responses']['unsupported_media_type'];
      422: components['responses']['validation_failed'];
      429: components['responses']['rate_limited'];
      431: components['responses']['header_fields_too_large'];
      500: components['responses']['internal'];
      503: components['responses']['unavailable'];
    };
  };
  cancelRequest: {
    parameters: {
      query?: never;
      header?: {
        /** @description With an API key of the scope `act-as`: your ID of the customer to act for (1 to 128 printable ASCII characters, without a space at the start or the end, and not `.` or `..`). */
        'Turnwise-User'?: string;
      };
      path: {
        /** @description The request's id */
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The cancelled request */
      200: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['RequestDto'];
        };
      };
      400: components['responses']['malformed_json_or_bad_request'];
      401: components['responses']['unauthorized'];
      403: components['responses']['account_locked_or_forbidden'];
      404: components['responses']['not_found'];
      408: components['responses']['request_timeout'];
      409: components['responses']['already_finished'];
      413: components['responses']['body_too_large'];
      414: components['responses']['uri_too_long'];
      415: components['responses']['unsupported_media_type'];
      422: components['responses']['validation_failed'];
      429: components['responses']['rate_limited'];
      431: components['responses']['header_fields_too_large'];
      500: components['responses']['internal'];
      503: components['responses']['unavailable'];
    };
  };
  eraseRequestData: {
    parameters: {
      query?: never;
      header?: {
        /** @description With an API key of the scope `act-as`: your ID of the customer to act for (1 to 128 printable ASCII characters, without a space at the start or the end, and not `.` or `..`). */
        'Turnwise-User'?: string;
      };
      path: {
        /** @description The request's id */
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The request without its data */
      200: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['RequestDto'];
        };
      };
      400: components['responses']['malformed_json_or_bad_request'];
      401: components['responses']['unauthorized'];
      403: components['responses']['account_locked_or_forbidden'];
      404: components['responses']['not_found'];
      408: components['responses']['request_timeout'];
      409: components['responses']['not_finished'];
      413: components['responses']['body_too_large'];
      414: components['responses']['uri_too_long'];
      415: components['responses']['unsupported_media_type'];
      422: components['responses']['validation_failed'];
      429: components['responses']['rate_limited'];
      431: components['responses']['header_fields_too_large'];
      500: components['responses']['internal'];
      503: components['responses']['unavailable'];
    };
  };
  dismissRequest: {
    parameters: {
      query?: never;
      header?: {
        /** @description With an API key of the scope `act-as`: your ID of the customer to act for (1 to 128 printable ASCII characters, without a space at the start or the end, and not `.` or `..`). */
        'Turnwise-User'?: string;
      };
      path: {
        /** @description The request's id */
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The dismissed request */
      200: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['RequestDto'];
        };
      };
      400: components['responses']['malformed_json_or_bad_request'];
      401: components['responses']['unauthorized'];
      403: components['responses']['account_locked_or_forbidden'];
      404: components['responses']['not_found'];
      408: components['responses']['request_timeout'];
      409: components['responses']['not_failed'];
      413: components['responses']['body_too_large'];
      414: components['responses']['uri_too_long'];
      415: components['responses']['unsupported_media_type'];
      422: components['responses']['validation_failed'];
      429: components['responses']['rate_limited'];
      431: components['responses']['header_fields_too_large'];
      500: components['responses']['internal'];
      503: components['responses']['unavailable'];
    };
  };
  retryRequest: {
    parameters: {
      query?: never;
      header?: {
        /** @description With an API key of the scope `act-as`: your ID of the customer to act for (1 to 128 printable ASCII characters, without a space at the start or the end, and not `.` or `..`). */
        'Turnwise-User'?: string;
      };
      path: {
        /** @description The request's id */
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The request, queued again */
      200: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['RequestDto'];
        };
      };
      400: components['responses']['malformed_json_or_bad_request'];
      401: components['responses']['unauthorized'];
      403: components['responses']['account_locked_or_forbidden'];
      404: components['responses']['not_found'];
      408: components['responses']['request_timeout'];
      409: components['responses']['not_failed_or_data_erased'];
      413: components['responses']['body_too_large'];
      414: components['responses']['uri_too_long'];
      415: components['responses']['unsupported_media_type'];
      422: components['responses']['validation_failed'];
      429: components['responses']['rate_limited'];
      431: components['responses']['header_fields_too_large'];
      500: components['responses']['internal'];
      503: components['responses']['unavailable'];
    };
  };
  cancelRequests: {
    parameters: {
      query?: never;
      header?: {
        /** @description With an API key of the scope `act-as`: your ID of the customer to act for (1 to 128 printable ASCII characters, without a space at the start or the end, and not `.` or `..`). */
        'Turnwise-User'?: string;
      };
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['BulkDto'];
      };
    };
    responses: {
      /** @description The number of requests */
      200: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['BulkResultDto'];
        };
      };
      400: components['responses']['malformed_json_or_bad_request'];
      401: components['responses']['unauthorized'];
      403: components['responses']['account_locked_or_forbidden'];
      408: components['responses']['request_timeout'];
      413: components['responses']['body_too_large'];
      415: components['responses']['unsupported_media_type'];
      422: components['responses']['validation_failed'];
      429: components['responses']['rate_limited'];
      431: components['responses']['header_fields_too_large'];
      500: components['responses']['internal'];
      503: components['responses']['unavailable'];
    };
  };
  dismissRequests: {
    parameters: {
      query?: never;
      header?: {
        /** @description With an API key of the scope `act-as`: your ID of the customer to act for (1 to 128 printable ASCII characters, without a space at the start or the end, and not `.` or `..`). */
        'Turnwise-User'?: string;
      };
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['BulkDto'];
      };
    };
    responses: {
      /** @description The number of requests */
      200: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['BulkResultDto'];
        };
      };
      400: components['responses']['malformed_json_or_bad_request'];
      401: components['responses']['unauthorized'];
      403: components['responses']['account_locked_or_forbidden'];
      408: components['responses']['request_timeout'];
      413: components['responses']['body_too_large'];
      415: components['responses']['unsupported_media_type'];
      422: components['responses']['validation_failed'];
      429: components['responses']['rate_limited'];
      431: components['responses']['header_fields_too_large'];
      500: components['responses']['internal'];
      503: components['responses']['unavailable'];
    };
  };
  retryRequests: {
    parameters: {
      query?: never;
      header?: {
        /** @description With an API key of the scope `act-as`: your ID of the customer to act for (1 to 128 printable ASCII characters, without a space at the start or the end, and not `.` or `..`). */
        'Turnwise-User'?: string;
      };
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['BulkDto'];
      };
    };
    responses: {
      /** @description The number of requests */
      200: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['BulkResultDto'];
        };
      };
      400: components['responses']['malformed_json_or_bad_request'];
      401: components['responses']['unauthorized'];
      403: components['responses']['account_locked_or_forbidden'];
      408: components['responses']['request_timeout'];
      413: components['responses']['body_too_large'];
      415: components['responses']['unsupported_media_type'];
      422: components['responses']['validation_failed'];
      429: components['responses']['rate_limited'];
      431: components['responses']['header_fields_too_large'];
      500: components['responses']['internal'];
      503: components['responses']['unavailable'];
    };
  };
  listTypes: {
    parameters: {
      query?: never;
      header?: {
        /** @description With an API key of the scope `act-as`: your ID of the customer to act for (1 to 128 printable ASCII characters, without a space at the start or the end, and not `.` or `..`). */
        'Turnwise-User'?: string;
      };
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description All types, sorted by name */
      200: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['TypeListDto'];
        };
      };
      400: components['responses']['bad_request'];
      401: components['responses']['unauthorized'];
      403: components['responses']['account_locked_or_forbidden'];
      408: components['responses']['request_timeout'];
      429: components['responses']['rate_limited'];
      431: components['responses']['header_fields_too_large'];
      500: components['responses']['internal'];
      503: components['responses']['unavailable'];
    };
  };
  getWebhookSecret: {
    parameters: {
      query?: never;
      header?: {
        /** @description With an API key of the scope `act-as`: your ID of the customer to act for (1 to 128 printable ASCII characters, without a space at the start or the end, and not `.` or `..`). */
        'Turnwise-User'?: string;
      };
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The secret */
      200: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['WebhookSecretDto'];
        };
      };
      400: components['responses']['bad_request'];
      401: components['responses']['unauthorized'];
      403: components['responses']['account_locked_or_forbidden'];
      408: components['responses']['request_timeout'];
      409: components['responses']['webhook_secret_lost'];
      429: components['responses']['rate_limited'];
      431: components['responses']['header_fields_too_large'];
      500: components['responses']['internal'];
      503: components['responses']['unavailable'];
    };
  };
  rotateWebhookSecret: {
    parameters: {
      query?: never;
      header?: {
        /** @description With an API key of the scope `act-as`: your ID of the customer to act for (1 to 128 printable ASCII characters, without a space at the start or the end, and not `.` or `..`). */
        'Turnwise-User'?: string;
      };
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The new secret */
      200: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['WebhookSecretDto'];
        };
      };
      400: components['responses']['malformed_json_or_bad_request'];
      401: components['responses']['unauthorized'];
      403: components['responses']['account_locked_or_forbidden'];
      408: components['responses']['request_timeout'];
      413: components['responses']['body_too_large'];
      415: components['responses']['unsupported_media_type'];
      422: components['responses']['validation_failed'];
      429: components['responses']['rate_limited'];
      431: components['responses']['header_fields_too_large'];
      500: components['responses']['internal'];
      503: components['responses']['unavailable'];
    };
  };
  completeWork: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description The id of the request */
        id: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['CompleteDto'];
      };
    };
    responses: {
      /** @description The state of the request */
      200: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['WorkOutcomeDto'];
        };
      };
      400: components['responses']['malformed_json_or_bad_request'];
      401: components['responses']['unauthorized'];
      403: components['responses']['account_locked_or_forbidden'];
      404: components['responses']['not_found'];
      408: components['responses']['request_timeout'];
      409: components['responses']['lease_lost'];
      413: components['responses']['body_too_large'];
      414: components['responses']['uri_too_long'];
      415: components['responses']['unsupported_media_type'];
      422: components['responses']['validation_failed'];
      429: components['responses']['rate_limited'];
      431: components['responses']['header_fields_too_large'];
      500: components['responses']['internal'];
      503: components['responses']['unavailable'];
    };
  };
  extendWork: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description The id of the request */
        id: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['ExtendDto'];
      };
    };
    responses: {
      /** @description The extended lease */
      200: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ExtendedDto'];
        };
      };
      400: components['responses']['malformed_json_or_bad_request'];
      401: components['responses']['unauthorized'];
      403: components['responses']['account_locked_or_forbidden'];
      404: components['responses']['not_found'];
      408: components['responses']['request_timeout'];
      409: components['responses']['lease_lost'];
      413: components['responses']['body_too_large'];
      414: components['responses']['uri_too_long'];
      415: components['responses']['unsupported_media_type'];
      422: components['responses']['validation_failed'];
      429: components['responses']['rate_limited'];
      431: components['responses']['header_fields_too_large'];
      500: components['responses']['internal'];
      503: components['responses']['unavailable'];
    };
  };
  failWork: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description The id of the request */
        id: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['FailDto'];
      };
    };
    responses: {
      /** @description The state of the request */
      200: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['WorkOutcomeDto'];
        };
      };
      400: components['responses']['malformed_json_or_bad_request'];
      401: components['responses']['unauthorized'];
      403: components['responses']['account_locked_or_forbidden'];
      404: components['responses']['not_found'];
      408: components['responses']['request_timeout'];
      409: components['responses']['lease_lost'];
      413: components['responses']['body_too_large'];
      414: components['responses']['uri_too_long'];
      415: components['responses']['unsupported_media_type'];
      422: components['responses']['validation_failed'];
      429: components['responses']['rate_limited'];
      431: components['responses']['header_fields_too_large'];
      500: components['responses']['internal'];
      503: components['responses']['unavailable'];
    };
  };
  claimWork: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['ClaimDto'];
      };
    };
    responses: {
      /** @description The requests to run now */
      200: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ClaimedListDto'];
        };
      };
      400: components['responses']['malformed_json_or_bad_request'];
      401: components['responses']['unauthorized'];
      403: components['responses']['account_locked_or_forbidden'];
      408: components['responses']['request_timeout'];
      413: components['responses']['body_too_large'];
      415: components['responses']['unsupported_media_type'];
      422: components['responses']['validation_failed'];
      429: components['responses']['rate_limited'];
      431: components['responses']['header_fields_too_large'];
      500: components['responses']['internal'];
      503: components['responses']['unavailable'];
    };
  };
}
