// Made of openapi.json by `npm run generate`.

export interface paths {
  '/admin/overview': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Read the state of the whole service */
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
     * Find users whose queue does not move: who, why, since when, and what cures it
     * @description What is not known is `null`. A call is bounded, whatever the size of the installation: for each shard it looks at up to 1,000 users who are being served and 500 who wait for a time in each lane, and at `limit` of each other reason.
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
    /** Read how many requests were accepted, ended and failed in each of the last minutes */
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
     * Declare a type that external workers serve
     * @description Every process follows within 5 seconds. Requests accepted before keep their payload as it was.
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
     * @description Nobody is let in as the user from now on. Cancels what waits, aborts what runs, then removes everything but the record that it was done, and by whom. May be repeated.
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
    /** Read how far the erasure of a user has come */
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
     * Limit the depth of a user's queue, and how often it starts
     * @description What is left out stays as it is; `null` takes it back to what everybody has.
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
    /** Read a user's queue */
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
     * @description A pause of its own beside that of the user, who cannot lift it. What is running finishes; nothing else starts.
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
    /** Cancel all that waits in a user's queue */
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
     * @description Lifts every pause: that of an admin, and that of the user. 200 means that nothing stops the queue; if a failed request halts it, the answer is 409 `queue_stopped` and names it.
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
    /** List a user's requests, the newest first */
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
    /** Read a user's request */
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
     * @description As `POST /requests/{id}/cancel` does for the user: the next request goes on. May be repeated.
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
     * Put a user's failed request aside permanently
     * @description As `POST /requests/{id}/dismiss` does for the user. It no longer halts the queue.
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
     * Run a user's failed request again
     * @description As `POST /requests/{id}/retry` does for the user. It no longer halts the queue.
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
    /** Cancel all requests of a user that match */
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
    /** Put all failed requests of a user that match aside permanently */
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
     * Run all failed requests of a user that match again
     * @description In the order of their `seq`.
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
    /** List the own API keys, the newest first */
    get: operations['listApiKeys'];
    put?: never;
    /**
     * Make an API key
     * @description A key is sent as an access token is. What its account may not do, it may not either.
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
    /** End an own API key: it is refused at once */
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
     * Log out: the tokens are refused at once
     * @description API keys stand until they run out or are deleted, unless `keys` is true.
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
    /** Read the own account */
    get: operations['getMe'];
    put?: never;
    post?: never;
    /**
     * End the own account, and everything of it
     * @description Asks for the password, as the login does. Every session and API key is refused at once. What waits is cancelled, also for customers; what runs ends.
     */
    delete: operations['endMe'];
    options?: never;
    head?: never;
    /** Change the own account */
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
     * Change the own password: all other sessions end at once
     * @description API keys stay as they are.
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
     * Set a new password with the token of a one-time link: all sessions end at once
     * @description An operator makes the link, with `npm run admin -- reset-password EMAIL`. API keys stay, unless `endKeys` is true.
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
     * Get new tokens for a refresh token
     * @description The refresh token is spent. The same call within 10 seconds gets the same answer; later, a spent token ends the session. SESSION_MAX_DAYS (90) after the login the session has ended, and its user logs in again.
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
    /** Make an account */
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
    /** List the own sessions, the newest first */
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
    /** End an own session: its tokens are refused at once */
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
     * @description Cancels what waits, aborts what runs, then removes all requests, settings, limits, idempotency keys, callbacks, events and the webhook secret. A later enqueue starts anew. May be repeated.
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
    /** Read how far the erasure of a customer has come */
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
     * Put a request into the own queue
     * @description 202 means durable: the request is on record, and holds its place in the queue. A 4xx was never accepted. After a 5xx or no answer the outcome is unknown, and a retry with the same Idempotency-Key tells it.
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
     * Put several requests into the own queue, all or none
     * @description They are neighbours in the queue, in the order of the batch.
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
     * Hear of everything that happens to the own requests and queue, as it happens
     * @description Server-sent events, in the order in which they happened, at least once: `request.accepted`, `.started`, `.progress`, `.retrying`, `.succeeded`, `.failed`, `.cancelled`, `.dismissed`, `queue.paused`, `.resumed`, `.halted`, `.released`. Send the last `id` as `Last-Event-ID` to go on after it; `reset` says that it is too old: read anew what you show. A comment comes every 15 s. The stream ends with the session, the API key, the portal link, or the access token.
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
    /** The process can serve: an enqueue now would not be told to wait */
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
    /** Read the metrics of this process */
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
    /** List your portal links, the newest first */
    get: operations['listPortalLinks'];
    put?: never;
    /**
     * Make a link that opens the API, and the page, for one customer
     * @description Its token is sent as an access token is. It reads, and with `manage` changes, the queue and the requests of that customer, and nothing else. It ends at `expiresAt`, by `DELETE`, with the session or the API key that made it, and when the customer is erased.
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
    /** End a portal link: it is refused at once */
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
     * Read the portal link whose token is sent
     * @description For the page: for whom it is, what it may do, until when, and how its host looks. 404 with any other credential.
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
    /** Read the own queue */
    get: operations['getQueue'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    /** Choose what the own queue does about failures */
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
     * Check the latest own requests against the promises
     * @description One at a time, and in order: judged by what is on record of each attempt. A retry of a failed request counts by its first start.
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
     * Pause the own queue
     * @description What is running finishes; nothing else starts, a retry neither. It takes requests all the same.
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
     * Cancel all that waits in the own queue
     * @description Also what is scheduled, or waits for a retry. What is running finishes.
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
    /** List your requests, the newest first unless `order` says otherwise */
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
    /** Read an own request, or wait for its end */
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
     * Tell callbackUrl of the end once more
     * @description At once, under the same `webhook-id`, with all attempts to be made again, whether it had failed or was delivered. One that is still being made is left alone.
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
     * Cancel an own request
     * @description A waiting one never runs. A running one is cancelled at once: its handler is told to stop, and the next one waits until it has really ended; its attempt is recorded then. May be repeated.
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
     * Erase the data of an ended request
     * @description Payload, result, error messages and details, and what its attempts have logged or been answered. Its place in the order, times, status and attempts stay. It cannot be retried. May be repeated.
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
    /** Put a failed request aside for good */
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
     * Run a failed request again
     * @description It is next in line by its `seq`, and may use all its attempts again, counted from 1; what is running finishes first.
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
     * Cancel all own requests that match
     * @description Those that wait and the one that runs.
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
     * Put all failed own requests that match aside for good
     * @description They are not retried, and halt nothing any more.
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
     * Run all failed own requests that match again
     * @description In the order of their `seq`.
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
    /** List the types that a request can be of */
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
     * Read the secret that signs the own deliveries
     * @description It is made at the first use. Deliveries are signed as Standard Webhooks says.
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
     * Replace the secret that signs the own deliveries
     * @description For 24 hours old and new both sign: every delivery has a signature of each. Receivers change to the new one meanwhile.
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
     * Tell that an attempt has succeeded
     * @description After a 5xx, or no answer, tell it again: it is recorded once.
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
    /** Extend a lease, and hear whether it is still wanted */
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
     * Tell that an attempt has failed
     * @description It is tried again in place after its backoff, as long as it has attempts left. After a 5xx, or no answer, tell it again: it is recorded once.
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
     * @description Answers as soon as there is something, else empty when the wait is over. Every item is of another user, whose next request waits until this one has ended, or its lease.
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
      /** @description Neighbours in the queue. */
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
       * @description How many requests of the user start before it; absent while it is scheduled.
       * @example 0
       */
      position?: number;
      /**
       * Format: int64
       * @description Its place in the order of the user's requests: a time in microseconds, which only ever grows.
       * @example 1772357400123456
       */
      seq: number;
      /**
       * @description What it was when it was accepted.
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
      /** @description Where Bull's tools find it. */
      bull: components['schemas']['BullQueueDto'];
      /**
       * Format: int64
       * @description Requests that wait or run, without those scheduled for later.
       * @example 3
       */
      depth: number;
      /**
       * Format: double
       * @description Requests that end per minute, by the latest 20; null with fewer than three.
       * @example 30
       */
      drainPerMinute: number | null;
      /**
       * @description The failed request that halts the queue, until it is retried or dismissed.
       * @example 019cb0a4-7a4e-7c3e-9d57-2f4f7a1f6a11
       */
      haltedBy?: string;
      /** @description What the queue is limited to. */
      limits: components['schemas']['QueueLimitsDto'];
      /**
       * Format: date-time
       * @description When the next request may start, if that is still to come: a backoff, a schedule, or a rate.
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
       * @description What happens when a request has failed for good; `PATCH /queue` changes it.
       * @example continue
       * @enum {string}
       */
      onFailure: 'continue' | 'halt' | 'cancel-rest';
      /** @description The request that is running; absent if none is. */
      running?: components['schemas']['RunningDto'];
      /**
       * Format: int64
       * @description Requests scheduled for a time that is still to come.
       * @example 0
       */
      scheduled: number;
      /**
       * @description The first that holds: a failed request halts it; it is paused; a request is running; something waits, or is scheduled; nothing is pending.
       * @example busy
       * @enum {string}
       */
      state: 'halted' | 'paused' | 'busy' | 'waiting' | 'idle';
      /** @description All that keeps the queue from starting requests; empty while nothing does. */
      stoppedBy: components['schemas']['StopDto'][];
    };
    AdminUserDto: {
      /**
       * Format: date-time
       * @description When the account was made, or the customer first acted for.
       * @example 2026-03-01T09:30:00.000Z
       */
      createdAt: string;
      /**
       * @description Of a customer: what that account calls them, in `Turnwise-User`.
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
       * @description Of a customer: the account that they belong to.
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
       * @description What `cursor` takes for the next page; `null` on the last.
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
       * @description From when on it is refused; `null`: never.
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
       * @description When it was last used, to the minute; `null` if it never was.
       * @example 2026-03-01T11:00:00.000Z
       */
      lastUsedAt: string | null;
      /**
       * @description What its owner calls it.
       * @example order service
       */
      name: string;
      /**
       * @description What it may do, as far as its account may.
       * @example [
       *       "enqueue",
       *       "read"
       *     ]
       */
      scopes: ('enqueue' | 'read' | 'manage' | 'work' | 'admin' | 'act-as')[];
      /**
       * @description How the key begins, to tell which one it is.
       * @example tw_0198c5d26f0b7c3e9d572f4f7a1f6a11
       */
      start: string;
    };
    ApiKeyPageDto: {
      /** @description The newest first. */
      items: components['schemas']['ApiKeyDto'][];
      /**
       * @description What `cursor` takes for the next page; `null` on the last.
       * @example null
       */
      nextCursor: string | null;
    };
    AttemptDto: {
      /** @description Why it has failed; of a lost one how its process ended, if that is known. */
      error?: components['schemas']['RequestErrorDto'];
      /**
       * Format: date-time
       * @description When its handler had ended; absent if it was lost with its worker.
       * @example 2026-03-01T09:30:00.390Z
       */
      finishedAt?: string;
      /** @description The latest 20 lines that its handler has logged, oldest first; not in lists. */
      log?: components['schemas']['LogLineDto'][];
      /**
       * Format: int64
       * @description From 1. An attempt that was lost with its worker, and the one that repeats it, have the same number.
       * @example 1
       */
      number: number;
      /**
       * @description `lost`: its worker died, or lost the lease; it does not count as failed.
       * @example failed
       * @enum {string}
       */
      outcome: 'succeeded' | 'failed' | 'timed_out' | 'cancelled' | 'lost';
      /** @description How far it had come, if it told. */
      progress?: components['schemas']['ProgressDto'];
      /**
       * Format: date-time
       * @description When its handler began; absent if that was lost with its worker.
       * @example 2026-03-01T09:30:00.130Z
       */
      startedAt?: string;
      /**
       * @description The worker that ran it.
       * @example worker-1
       */
      worker: string;
    };
    AuditDto: {
      /**
       * Format: int64
       * @description Requests looked at.
       * @example 200
       */
      checked: number;
      /**
       * @description Whether every promise was kept.
       * @example true
       */
      clean: boolean;
      /** @description Those that were not. */
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
       * @description The longest wait, in milliseconds; one hour if left out, or `delayMs` where that is longer.
       * @example 3600000
       */
      maxDelayMs?: number;
      /**
       * @description `fixed`: the same wait each time; `exponential`: it doubles each time, with jitter.
       * @example exponential
       * @enum {string}
       */
      type: 'exponential' | 'fixed';
    };
    BatchItemDto: {
      /** @description The wait between attempts; exponential from 1 second to 1 hour if left out. */
      backoff?: components['schemas']['BackoffDto'];
      /**
       * @description Told of the request's end by a signed POST, beside the queue: no request waits for it. `http:` or `https:`, at most
       *     2,048 characters.
       * @example https://example.com/ended
       */
      callbackUrl?: string;
      /**
       * Format: int32
       * @description Failed attempts after which the request is failed for good.
       * @default 5
       * @example 5
       */
      maxAttempts?: number;
      /**
       * @description Any JSON value that its handler takes, at most 256 KiB and 64 levels deep. It is kept and passed on exactly as written.
       * @example {
       *       "url": "https://example.com/hook",
       *       "body": {
       *         "n": 1
       *       }
       *     }
       */
      payload: unknown;
      /**
       * @description Up to 16 words of 1 to 64 characters to find it by.
       * @example [
       *       "invoice"
       *     ]
       */
      tags?: string[];
      /**
       * Format: int32
       * @description The total time of one attempt, in milliseconds. The operator may have set a lower bound.
       * @default 30000
       * @example 30000
       */
      timeoutMs?: number;
      /**
       * @description The name of the handler that is to run it.
       * @example http
       */
      type: string;
    };
    BulkDto: {
      /**
       * @description `{}` means all. Those that it cannot be done to are passed over.
       * @example {
       *       "type": "http",
       *       "from": "2026-03-01T00:00:00Z"
       *     }
       */
      filter: components['schemas']['BulkFilterDto'];
      /**
       * @description True: nothing is done, and `count` tells how many requests it would be done to.
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
       * @description Any of these; the parameter may be repeated.
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
       * @description Requests that it was done to, or with `preview` would be done to.
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
       * @description In `delayed`: those that are scheduled.
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
      /** @description As Bull counts them. */
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
       * @description When it was delivered, or given up.
       * @example 2026-03-01T09:30:01.000Z
       */
      finishedAt?: string;
      /** @description Why the last attempt failed. */
      lastError?: components['schemas']['CallbackErrorDto'];
      /**
       * Format: int64
       * @description What the target answered last.
       * @example 204
       */
      lastStatus?: number;
      /**
       * Format: date-time
       * @description While `sending`: when it is tried again at the latest, unless the attempt under way succeeds.
       * @example 2026-03-01T09:30:02.000Z
       */
      nextAttemptAt?: string;
      /**
       * @description `waiting` for the request to end; `sending`, perhaps between two attempts; `delivered`, or `failed` for good.
       * @example delivered
       * @enum {string}
       */
      status: 'waiting' | 'sending' | 'delivered' | 'failed';
      /**
       * @description Who is told.
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
       * @description What to call the user, 1 to 100 characters; `null`: nothing. Left out, it stays.
       * @example Ada
       */
      name?: string | null;
    };
    ChangePasswordDto: {
      /**
       * Format: password
       * @description The one that is good now.
       * @example correct horse battery
       */
      currentPassword: string;
      /**
       * Format: password
       * @description 12 to 128 characters, of any kind. One that attackers try first is refused (`common_password`).
       * @example staple correct horse
       */
      newPassword: string;
    };
    ChangeQueueDto: {
      /**
       * @description What happens when a request has failed for good. `continue`: it is set aside, and the next one runs. `halt`: nothing
       *     runs until it is retried or dismissed. `cancel-rest`: all that waits is cancelled.
       * @example halt
       * @enum {string}
       */
      onFailure: 'continue' | 'halt' | 'cancel-rest';
    };
    ClaimDto: {
      /**
       * Format: int64
       * @description How long each is its own without being extended, in milliseconds; at most two thirds of VIEW_MS (20 s).
       * @default 10000
       * @example 10000
       */
      leaseMs?: number;
      /**
       * Format: int32
       * @description So many requests at most, each of another user.
       * @default 1
       * @example 10
       */
      max?: number;
      /**
       * @description External types that it serves, 1 to 50.
       * @example [
       *       "render"
       *     ]
       */
      types: string[];
      /**
       * Format: int32
       * @description How long to wait for the first one, in milliseconds; 0: not at all.
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
       * @description Grows with every attempt of a user: a receiver that remembers the highest can refuse a late one.
       * @example 4711
       */
      fencingToken: number;
      /**
       * Format: int64
       * @description What is left of the lease, ms; it may be less than was asked for. Count it by a monotonic clock from this answer on. Stop
       *     before its end, or extend it: a second later another worker may run the request.
       * @example 20000
       */
      leaseMs: number;
      /**
       * Format: date-time
       * @description The same as a time, by the server's clock.
       */
      leaseUntil: string;
      /** @description What is to be run. */
      request: components['schemas']['ClaimedRequestDto'];
      /**
       * @description W3C trace context of the attempt, to send along with calls of its worker; absent if it is not traced.
       * @example 00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01
       */
      traceparent?: string;
    };
    ClaimedListDto: {
      /** @description Each of another user. */
      items: components['schemas']['ClaimedDto'][];
    };
    ClaimedRequestDto: {
      /**
       * Format: date-time
       * @description When it was accepted.
       */
      createdAt: string;
      /**
       * @description As in the path of what is told of it.
       * @example 019cb0a4-7a4e-7c3e-9d57-2f4f7a1f6a11
       */
      id: string;
      /**
       * Format: int64
       * @description Failed attempts after which it is failed for good.
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
       * @description The attempt may take so long in all: its lease is not extended beyond it.
       * @example 30000
       */
      timeoutMs: number;
      /**
       * @description One of the types that were asked for.
       * @example render
       */
      type: string;
      /**
       * @description Whose it is.
       * @example 019cb0a4-0000-7c3e-9d57-2f4f7a1f6a11
       */
      userId: string;
    };
    CompleteDto: {
      /**
       * Format: int64
       * @description The one that came with the request.
       * @example 4711
       */
      fencingToken: number;
      /**
       * @description Any JSON value, kept exactly as written; shown with the request, cut where it is too large.
       * @example {
       *       "pages": 3
       *     }
       */
      result?: unknown;
    };
    CreateApiKeyDto: {
      /**
       * Format: date-time
       * @description From when on it is refused (RFC 3339 with offset, in the future); left out: never.
       * @example 2027-03-01T00:00:00Z
       */
      expiresAt?: string;
      /**
       * @description What to call it, 1 to 100 characters.
       * @example order service
       */
      name: string;
      /**
       * @description What it may do: `enqueue`, `read` and `manage` the own queue; for admins also `work`, `admin` and `act-as`. Each once.
       * @example [
       *       "enqueue",
       *       "read"
       *     ]
       */
      scopes: ('enqueue' | 'read' | 'manage' | 'work' | 'admin' | 'act-as')[];
    };
    CreatePortalLinkDto: {
      /**
       * @description Your colour, for the page.
       * @example #0f766e
       */
      color?: string;
      /**
       * @description Your own id of your customer: 1 to 128 printable ASCII characters.
       * @example customer-4711
       */
      customerId: string;
      /**
       * Format: int32
       * @description Seconds after which it is refused. It cannot be renewed.
       * @default 3600
       * @example 3600
       */
      expiresInSeconds?: number;
      /**
       * @description Your name, for the head of the page.
       * @example Ada’s Shop
       */
      name?: string;
      /**
       * @description `read`: looks at the queue and the requests. `manage`: also cancels, retries, dismisses, pauses and resumes.
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
       * @description The call that does it; `null` where no call of this API can.
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
       * @description What it does, for people to read.
       * @example Dismiss the failed request: the next one goes on.
       */
      text: string;
    };
    DeclareTypeDto: {
      /**
       * @description For people who look for a type: a sentence.
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
       * @description JSON Schema (2020-12, or draft-07 if its `$schema` says so) that payloads are checked against when they are
       *     enqueued; any JSON value is one if left out. It stands alone, has 32 levels at most, and its patterns are yours to keep simple.
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
       * @description The total time of one attempt where a request says nothing, in milliseconds.
       * @default 30000
       */
      timeoutMs?: number;
    };
    DeliveryDto: {
      /** @description All headers in their order, but for `Connection`. */
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
       * @description The account's password: a session alone cannot end the account.
       * @example correct horse battery
       */
      password: string;
    };
    EnqueueBatchDto: {
      /**
       * Format: int64
       * @description None of them is to be started for so many milliseconds; not together with `runAt`.
       * @example 60000
       */
      delayMs?: number;
      /**
       * @description 1 to 250 requests; the whole body may have 1 MiB.
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
       * @description None of them is to be started before this time (RFC 3339 with offset, at most a year ahead).
       * @example 2026-03-01T09:30:00Z
       */
      runAt?: string;
    };
    EnqueueDto: {
      /** @description The wait between attempts; exponential from 1 second to 1 hour if left out. */
      backoff?: components['schemas']['BackoffDto'];
      /**
       * @description Told of the request's end by a signed POST, beside the queue: no request waits for it. `http:` or `https:`, at most
       *     2,048 characters.
       * @example https://example.com/ended
       */
      callbackUrl?: string;
      /**
       * Format: int64
       * @description Not to be started for so many milliseconds; not together with `runAt`. It takes its place in line when that time has come.
       * @example 60000
       */
      delayMs?: number;
      /**
       * Format: int32
       * @description Failed attempts after which the request is failed for good.
       * @default 5
       * @example 5
       */
      maxAttempts?: number;
      /**
       * @description Any JSON value that its handler takes, at most 256 KiB and 64 levels deep. It is kept and passed on exactly as written.
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
       * @description Not to be started before this time (RFC 3339 with offset, at most a year ahead); one that is past means now.
       * @example 2026-03-01T09:30:00Z
       */
      runAt?: string;
      /**
       * @description Up to 16 words of 1 to 64 characters to find it by.
       * @example [
       *       "invoice"
       *     ]
       */
      tags?: string[];
      /**
       * Format: int32
       * @description The total time of one attempt, in milliseconds. The operator may have set a lower bound.
       * @default 30000
       * @example 30000
       */
      timeoutMs?: number;
      /**
       * @description The name of the handler that is to run it.
       * @example http
       */
      type: string;
    };
    ErasureDto: {
      /**
       * Format: date-time
       * @description Since when it has been erased.
       * @example 2026-03-01T09:30:15.000Z
       */
      erasedAt?: string;
      /**
       * Format: date-time
       * @description When it was asked for.
       * @example 2026-03-01T09:30:00.000Z
       */
      requestedAt: string;
      /**
       * Format: int64
       * @description Requests that are still on record; 10,000 are counted at most.
       * @example 2
       */
      requestsLeft: number;
      /**
       * @description `erased` once nothing is left, and nothing in flight can write any more: about 15 seconds after the call, or later.
       * @example erasing
       * @enum {string}
       */
      status: 'erasing' | 'erased';
      /**
       * @description The user id that is erased. A customer who enqueues again has a new one.
       * @example c_1cUVnr9nfxVPBYIL7mkkdIdyNoPMgdfvHC1zlMSvzpk
       */
      userId: string;
    };
    ExtendDto: {
      /**
       * Format: int64
       * @description The one that came with the request.
       * @example 4711
       */
      fencingToken: number;
      /**
       * Format: int64
       * @description How long from now on, in milliseconds; at most two thirds of VIEW_MS (20 s). A lease is never shortened: one that ends
       *     later still does.
       * @default 10000
       */
      leaseMs?: number;
    };
    ExtendedDto: {
      /**
       * @description Its user wants it no more: stop, and tell how it ended. The user's next waits for that, or for the lease's end.
       * @example false
       */
      cancelRequested: boolean;
      /**
       * Format: int64
       * @description What is left of the lease, ms; it may be more or less than was asked for. Count it from before this call was sent.
       * @example 20000
       */
      leaseMs: number;
      /**
       * Format: date-time
       * @description The same as a time, by the server's clock.
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
       * @description The one that came with the request.
       * @example 4711
       */
      fencingToken: number;
      /**
       * @description False: it fails for good, whatever attempts are left.
       * @default true
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
       * @description What is wrong, for programs to read.
       * @example is_target_url
       */
      code: string;
      /**
       * @description What is wrong, for people to read.
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
       * @description From when on it is refused; `null`: never.
       * @example 2027-03-01T00:00:00.000Z
       */
      expiresAt: string | null;
      /**
       * @description Opaque.
       * @example 0198c5d2-6f0b-7c3e-9d57-2f4f7a1f6a11
       */
      id: string;
      /**
       * @description The key itself, for `Authorization: Bearer`. It is shown this once.
       * @example tw_0198c5d26f0b7c3e9d572f4f7a1f6a11_9dX3...
       */
      key: string;
      /**
       * Format: date-time
       * @description When it was last used, to the minute; `null` if it never was.
       * @example 2026-03-01T11:00:00.000Z
       */
      lastUsedAt: string | null;
      /**
       * @description What its owner calls it.
       * @example order service
       */
      name: string;
      /**
       * @description What it may do, as far as its account may.
       * @example [
       *       "enqueue",
       *       "read"
       *     ]
       */
      scopes: ('enqueue' | 'read' | 'manage' | 'work' | 'admin' | 'act-as')[];
      /**
       * @description How the key begins, to tell which one it is.
       * @example tw_0198c5d26f0b7c3e9d572f4f7a1f6a11
       */
      start: string;
    };
    IssuedPortalLinkDto: {
      /**
       * @description The colour of the host; `null` if none was given.
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
       * @description What the account calls the customer.
       * @example customer-4711
       */
      customerId: string;
      /**
       * Format: date-time
       * @description From when on it is refused.
       * @example 2026-03-01T10:30:00.000Z
       */
      expiresAt: string;
      /**
       * @description Opaque.
       * @example 0198c5d2-6f0b-7c3e-9d57-2f4f7a1f6a11
       */
      id: string;
      /**
       * @description The name of the host; `null` if none was given.
       * @example Ada’s Shop
       */
      name: string | null;
      /**
       * @description The page for this customer, on this service: put your host name before it. The token is behind the `#`, so no log has it.
       * @example /portal/#token=eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9...
       */
      path: string;
      /**
       * @description What it may do; `manage` reads too.
       * @example manage
       * @enum {string}
       */
      scope: 'read' | 'manage';
      /**
       * @description For `Authorization: Bearer`. It is shown this once.
       * @example eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9...
       */
      token: string;
    };
    LimitsDto: {
      /**
       * Format: int32
       * @description Pending requests that the queue takes. With more than the default, it takes larger payloads in all, in proportion.
       * @example 500
       */
      maxDepth?: number | null;
      /**
       * @description How often its requests start.
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
       * @description The account's password. One that no account can have is wrong like any other, unless it is too long.
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
       * @description Its begin.
       * @example 2026-03-01T09:30:00.000Z
       */
      at: string;
      /**
       * Format: int64
       * @description Requests that ended, whatever their end was.
       * @example 231
       */
      ended: number | null;
      /**
       * Format: int64
       * @description Those of them that failed for good.
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
       * @description From the catalogue; a code never changes its meaning.
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
       * @description The parts that are not, and why; what the stores' drivers said is in the log.
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
      /** @description The fields that are wrong, if fields are. */
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
       * @description The HTTP status, once more.
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
       * @description How long the user who is due longest has been due, in milliseconds; `null` while a shard is closed.
       * @example 0
       */
      lagMs: number | null;
      /**
       * Format: int64
       * @description How long the head that has been at it longest has been: due and not taken, or tried again and again, in milliseconds;
       *     `null` if that is not known. A queue that is paused, halted, scheduled or limited does not count.
       * @example 1200000
       */
      oldestHeadMs: number | null;
      /** @description All processes that have not left in order. */
      processes: components['schemas']['ProcessDto'][];
      /** @description The latest 50 recoveries of shards, the latest first. */
      recoveries: components['schemas']['RecoveryDto'][];
      /** @description All shards. */
      shards: components['schemas']['ShardDto'][];
      /** @description How many there are of everything. */
      totals: components['schemas']['TotalsDto'];
      /** @description Those of all processes, and whoever else serves somebody now. */
      workers: components['schemas']['WorkerDto'][];
    };
    PortalLinkDto: {
      /**
       * @description The colour of the host; `null` if none was given.
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
       * @description What the account calls the customer.
       * @example customer-4711
       */
      customerId: string;
      /**
       * Format: date-time
       * @description From when on it is refused.
       * @example 2026-03-01T10:30:00.000Z
       */
      expiresAt: string;
      /**
       * @description Opaque.
       * @example 0198c5d2-6f0b-7c3e-9d57-2f4f7a1f6a11
       */
      id: string;
      /**
       * @description The name of the host; `null` if none was given.
       * @example Ada’s Shop
       */
      name: string | null;
      /**
       * @description What it may do; `manage` reads too.
       * @example manage
       * @enum {string}
       */
      scope: 'read' | 'manage';
    };
    PortalLinkPageDto: {
      /** @description The newest first. */
      items: components['schemas']['PortalLinkDto'][];
      /**
       * @description What `cursor` takes for the next page; `null` on the last.
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
       * @description From the catalogue; a code never changes its meaning.
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
        | 'rate_limited'
        | 'header_fields_too_large'
        | 'internal'
        | 'unavailable';
      /**
       * @description What happened this time.
       * @example There is no request with this id.
       */
      detail: string;
      /** @description The fields that are wrong, if fields are. */
      errors?: components['schemas']['FieldErrorDto'][];
      /**
       * @description The path that was called.
       * @example /requests/0198c5d2
       */
      instance: string;
      /**
       * Format: double
       * @description The HTTP status, once more.
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
       * @description Its latest sign of life; older than VIEW_MS: it is frozen, cut off or dead.
       */
      heartbeatAt: string;
      /**
       * @description Where it runs.
       * @example turnwise-1
       */
      host: string;
      /**
       * @description Fresh at every start.
       * @example 019cb0a4-7a4e-7c3e-9d57-2f4f7a1f6a11
       */
      id: string;
      /**
       * @description What it is: `all`, `api` or `worker`.
       * @example worker
       */
      role: string;
      /** @description Absent if it runs no requests. */
      slots?: components['schemas']['SlotsDto'];
      /**
       * Format: date-time
       * @description When it started.
       */
      startedAt: string;
    };
    ProgressDto: {
      /**
       * Format: date-time
       * @description When it said so.
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
       * @description What the handler said of it.
       * @example 40 of 100 lines
       */
      text?: string;
    };
    PurgedDto: {
      /**
       * Format: int64
       * @description Requests that waited, and are cancelled.
       * @example 12
       */
      cancelled: number;
    };
    QueueDto: {
      /**
       * Format: int64
       * @description Requests that wait or run, without those scheduled for later.
       * @example 3
       */
      depth: number;
      /**
       * Format: double
       * @description Requests that end per minute, by the latest 20; null with fewer than three.
       * @example 30
       */
      drainPerMinute: number | null;
      /**
       * @description The failed request that halts the queue, until it is retried or dismissed.
       * @example 019cb0a4-7a4e-7c3e-9d57-2f4f7a1f6a11
       */
      haltedBy?: string;
      /** @description What the queue is limited to. */
      limits: components['schemas']['QueueLimitsDto'];
      /**
       * Format: date-time
       * @description When the next request may start, if that is still to come: a backoff, a schedule, or a rate.
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
       * @description What happens when a request has failed for good; `PATCH /queue` changes it.
       * @example continue
       * @enum {string}
       */
      onFailure: 'continue' | 'halt' | 'cancel-rest';
      /** @description The request that is running; absent if none is. */
      running?: components['schemas']['RunningDto'];
      /**
       * Format: int64
       * @description Requests scheduled for a time that is still to come.
       * @example 0
       */
      scheduled: number;
      /**
       * @description The first that holds: a failed request halts it; it is paused; a request is running; something waits, or is scheduled; nothing is pending.
       * @example busy
       * @enum {string}
       */
      state: 'halted' | 'paused' | 'busy' | 'waiting' | 'idle';
      /** @description All that keeps the queue from starting requests; empty while nothing does. */
      stoppedBy: components['schemas']['StopDto'][];
    };
    QueueLimitsDto: {
      /**
       * Format: int64
       * @description Pending requests that it takes; above that, or if their payloads are too large in all, 429 `queue_full`.
       * @example 10000
       */
      maxDepth: number;
      /** @description How often its requests start; absent: as often as they can. */
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
       * @description The parts that are not: none.
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
       * @description `ok`, or `degraded` while some shards are closed: their users are told to wait.
       * @example ok
       * @enum {string}
       */
      status: 'ok' | 'degraded';
    };
    RecoveryDto: {
      /**
       * Format: date-time
       * @description When they were open again.
       * @example 2026-03-01T09:30:00.390Z
       */
      at: string;
      /**
       * @description Why they were closed. `lost`: Redis was empty. `history`: Redis was restarted, or another server has taken over. `begun`,
       *     `raised`: an earlier rebuilding had not ended, or a new version has raised the epochs. `damaged`: the shard had lost a part
       *     of its state. `unknown`: Redis could not tell.
       * @example lost
       * @enum {string}
       */
      cause: 'lost' | 'begun' | 'raised' | 'history' | 'damaged' | 'unknown';
      /**
       * Format: int64
       * @description From when nobody could use them until they were open again, in milliseconds.
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
       * @description The one that the last login or refresh answered. It is spent by this call.
       * @example 0198c5d2-6f0b-7c3e-9d57-2f4f7a1f6a11.kJ0c...
       */
      refreshToken: string;
    };
    RegisterDto: {
      /**
       * Format: email
       * @description The address to log in with. Letter case and blanks around it make no difference.
       * @example ada@example.com
       */
      email: string;
      /**
       * @description What to call the user, 1 to 100 characters.
       * @example Ada
       */
      name?: string;
      /**
       * Format: password
       * @description 12 to 128 characters, of any kind. One that attackers try first is refused (`common_password`).
       * @example correct horse battery
       */
      password: string;
    };
    RequestDto: {
      /** @description The attempts that have ended, the latest 100. */
      attempts: components['schemas']['AttemptDto'][];
      /** @description If it was given a `callbackUrl`: how far telling of its end has come. */
      callback?: components['schemas']['CallbackDto'];
      /**
       * Format: date-time
       * @description When it was accepted.
       * @example 2026-03-01T09:30:00.123Z
       */
      createdAt: string;
      /**
       * Format: date-time
       * @description Since when its data is erased: `payload` is `null`, `result` is gone, and errors have only their code.
       * @example 2026-03-01T09:30:00.000Z
       */
      dataErasedAt?: string;
      /** @description Of the type `http`: what its target is sent; not in lists, nor once its data is erased. */
      delivery?: components['schemas']['DeliveryDto'];
      /** @description Why it has failed for good. */
      error?: components['schemas']['RequestErrorDto'];
      /**
       * Format: date-time
       * @description When it will start, at the speed of the user's latest requests; absent where that is not known.
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
       * @description Failed attempts after which it is failed for good.
       * @example 5
       */
      maxAttempts: number;
      /**
       * Format: date-time
       * @description While `retrying`: not to be started before.
       * @example 2026-03-01T09:30:02.000Z
       */
      nextAttemptAt?: string;
      /**
       * @description Exactly as it was sent.
       * @example {
       *       "url": "https://example.com/hook"
       *     }
       */
      payload: unknown;
      /**
       * Format: int64
       * @description How many requests of the user start before it: 0 for the next, or the running one; absent while scheduled, and once ended.
       * @example 2
       */
      position?: number;
      /**
       * @description What its handler gave back, exactly; above 256 KiB `{"truncated": true, "bytes": N, "start": "..."}`.
       * @example {
       *       "status": 200
       *     }
       */
      result?: unknown;
      /**
       * Format: date-time
       * @description The time it is, or was, scheduled for.
       * @example 2026-03-01T09:30:00.000Z
       */
      runAt?: string;
      /** @description While `active`: what its handler has told so far, if it has; not in lists. */
      running?: components['schemas']['RunningAttemptDto'];
      /**
       * Format: int64
       * @description Its place in the order of the user's requests: a time in microseconds, which only ever grows.
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
       * @description What it is doing, or how it has ended.
       * @example queued
       * @enum {string}
       */
      status:
        'scheduled' | 'queued' | 'active' | 'retrying' | 'succeeded' | 'failed' | 'cancelled' | 'dismissed';
      /**
       * @description The words it was given to be found by.
       * @example [
       *       "invoice"
       *     ]
       */
      tags: string[];
      /**
       * @description The name of its handler.
       * @example http
       */
      type: string;
    };
    RequestErrorDto: {
      /**
       * @description What went wrong, for programs to read.
       * @example http_503
       */
      code: string;
      /**
       * @description What the handler told of it.
       * @example {
       *       "status": 503
       *     }
       */
      details?: unknown;
      /**
       * @description What went wrong, for people to read; a long text is cut with a mark.
       * @example The target answered 503.
       */
      message: string;
    };
    RequestPageDto: {
      /** @description May be fewer than `limit` though more follow, where payloads are large. */
      items: components['schemas']['RequestDto'][];
      /**
       * @description For the `cursor` of the next page; null at the end.
       * @example YmVmb3JlOjE3NzIzNTc0MDAxMjM0NTY
       */
      nextCursor: string | null;
    };
    ResetPasswordDto: {
      /**
       * @description `true`: every API key of the account ends, too: for an account that somebody else has got into.
       * @default false
       * @example false
       */
      endKeys?: boolean;
      /**
       * Format: password
       * @description 12 to 128 characters, of any kind. One that attackers try first is refused (`common_password`).
       * @example staple correct horse
       */
      password: string;
      /**
       * @description From the link that an operator made. It is good for one use.
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
      /** @description How far it has come, if it tells. */
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
       * @description Why it is hidden: `secret`, of a header of the payload that proves who sends; `each_attempt`: each attempt has another.
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
       * @description When somebody logged in.
       * @example 2026-03-01T09:30:00.000Z
       */
      createdAt: string;
      /**
       * @description Whether it is the one that asks.
       * @example true
       */
      current: boolean;
      /**
       * Format: date-time
       * @description When it ends, unless its tokens are replaced before.
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
       * @description When its tokens were last replaced.
       * @example 2026-03-01T11:00:00.000Z
       */
      refreshedAt: string;
      /**
       * @description What the client that logged in calls itself; absent if it gave no name.
       * @example Mozilla/5.0 (X11; Linux x86_64)
       */
      userAgent?: string;
    };
    SessionPageDto: {
      /** @description The newest first. */
      items: components['schemas']['SessionDto'][];
      /**
       * @description What `cursor` takes for the next page; `null` on the last.
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
       * @description How long the user who is due longest has been due, in milliseconds.
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
       * @description Users with something pending who are not being served.
       * @example 12
       */
      waitingUsers?: number;
    };
    SlotsDto: {
      /**
       * Format: int64
       * @description Free, but the process begins nothing: it is ending, or cannot see the state of the queues.
       * @example 0
       */
      closed: number;
      /**
       * Format: int64
       * @description Can be taken.
       * @example 20
       */
      free: number;
      /**
       * Format: int64
       * @description A request that two workers have died of is tried in a process of its own.
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
       * @description The handler was told to stop, and goes on.
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
       * @description Of a halt: the failed request.
       * @example 019cb0a4-7a4e-7c3e-9d57-2f4f7a1f6a11
       */
      requestId?: string;
      /**
       * Format: date-time
       * @description Since when; `null` if that is not known.
       * @example 2026-03-01T09:30:00.390Z
       */
      since: string | null;
    };
    StuckDto: {
      /**
       * Format: int64
       * @description Failed attempts of the head; `null` if that is not known here.
       * @example 7
       */
      attemptsMade: number | null;
      /** @description What cures it, the mildest first. */
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
       *     `no_worker`: the head is due, and nobody of its lane is being served. `workers_busy`: it is due, and the workers of the
       *     lane serve others. `limited`: the user's rate holds it. `shard_closed`: the shard is being rebuilt, or Redis is away.
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
       * @description The request that holds the queue: the failed one, the one that runs or is tried again, or the next one.
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
       * @description Since when the reason holds; `null` if that is not known.
       * @example 2026-03-01T09:30:00.390Z
       */
      since: string | null;
      /** @description By name. */
      user: components['schemas']['StuckUserDto'];
      /**
       * @description The reason in words.
       * @example A failed request halts the queue until it is retried or dismissed.
       */
      why: string;
      /**
       * @description The worker that runs it, or ran it when it was lost.
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
       * @description Shards that are closed: none of their users moves, and at most 50 of them are listed.
       * @example []
       */
      closedShards: number[];
      /**
       * @description Whether these are all. If not: there are more than `limit`, or more than one call looks at.
       * @example true
       */
      isComplete: boolean;
      /** @description The longest first; those of whom it is not known since when are last. */
      items: components['schemas']['StuckDto'][];
    };
    StuckUserDto: {
      /**
       * @description Of a customer: what that account calls them.
       * @example customer-4711
       */
      customerId: string | null;
      /**
       * Format: email
       * @description Of the account; of a customer that of the account they belong to.
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
      /** @description The oldest first. A process that dies takes with it what it has counted in its last ten seconds. */
      items: components['schemas']['MinuteDto'][];
    };
    TokensDto: {
      /**
       * @description A JWT for `Authorization: Bearer`. It is refused as soon as its session has ended.
       * @example eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9...
       */
      accessToken: string;
      /**
       * Format: int64
       * @description Seconds that the access token is good for.
       * @example 900
       */
      expiresIn: number;
      /**
       * @description Opaque; good for one use, within 30 days and within SESSION_MAX_DAYS of the login.
       * @example 0198c5d2-6f0b-7c3e-9d57-2f4f7a1f6a11.kJ0c...
       */
      refreshToken: string;
      /**
       * @description How the access token is sent.
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
       * @description Requests whose attempts have failed so far, and that will be tried again; `null` if they could not be counted in time.
       * @example 4
       */
      retryingRequests: number | null;
      /**
       * Format: int64
       * @description Users being served; `null` while a shard is closed.
       * @example 32
       */
      servedUsers: number | null;
      /** @description Users with something pending, by what they do; `null` while a shard is closed. */
      users: components['schemas']['UsersByStateDto'] | null;
      /**
       * Format: int64
       * @description Users with something pending who are not being served; `null` while a shard is closed.
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
       * @description Failed attempts after which a request is failed for good.
       * @example 5
       */
      maxAttempts: number;
      /**
       * Format: int64
       * @description The total time of one attempt, in milliseconds.
       * @example 30000
       */
      timeoutMs: number;
    };
    TypeDto: {
      /** @description What a request has where it says nothing. */
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
       * @description Whether external workers serve it; else a handler of this server does.
       * @example true
       */
      external: boolean;
      /**
       * @description The pool of workers that serves it.
       * @example x.render
       */
      lane: string;
      /**
       * @description JSON Schema of its payloads; absent if any JSON value is one.
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
       * @description What a request's `type` says.
       * @example render
       */
      type: string;
    };
    TypeListDto: {
      /** @description In the order of their names. */
      items: components['schemas']['TypeDto'][];
    };
    UserDto: {
      /**
       * Format: date-time
       * @description When the account was made.
       * @example 2026-03-01T09:30:00.000Z
       */
      createdAt: string;
      /**
       * Format: email
       * @description As it was written at registration.
       * @example ada@example.com
       */
      email: string;
      /**
       * @description Opaque, and never used again.
       * @example 0198c5d2-6f0b-7c3e-9d57-2f4f7a1f6a11
       */
      id: string;
      /**
       * @description `null` if none was given.
       * @example Ada
       */
      name: string | null;
      /**
       * @description What the user may do: `admin` sees everybody's queues.
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
       * @description A request may start, and waits for a worker.
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
       * @description The ids of the two.
       * @example [
       *       "019cb0a4-7a4e-7c3e-9d57-2f4f7a1f6a11",
       *       "019cb0a4-7a4e-7c3e-9d57-2f4f7a1f6a12"
       *     ]
       */
      requestIds: string[];
      /**
       * @description `seq`: both have the same. `order`: the second started for the first time before the first, whose `seq` is lower.
       *     `overlap`: both ran at once. `gap`: the first waits, though the second, whose `seq` is higher, has started.
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
       * @description Until when an older secret signs too, after a rotation; absent if none does.
       * @example 2026-03-02T09:30:00.000Z
       */
      previousSignsUntil?: string;
      /**
       * @description As Standard Webhooks writes it; libraries for it take it as it is.
       * @example whsec_ZXhhbXBsZS1zZWNyZXQtZXhhbXBsZS1zZWNyZXQhIQ==
       */
      secret: string;
    };
    WorkerDto: {
      /**
       * Format: date-time
       * @description The latest sign of life of its process; `null` for an external worker, or one that is gone.
       */
      heartbeatAt: string | null;
      /**
       * Format: int64
       * @description Users that it serves now; `null` while a shard is closed, because its leases are not known.
       * @example 9
       */
      leases: number | null;
      /**
       * @description As its attempts show it.
       * @example turnwise-1-2f4f7a1f6a11
       */
      worker: string;
    };
    WorkOutcomeDto: {
      /**
       * Format: date-time
       * @description When it is tried again, if it is.
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
    /** @description `account_locked`: The account is locked. `forbidden`: These credentials may not do this. */
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
    /** @description `forbidden`: These credentials may not do this. */
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
    /** @description `no_callback`: There is no callback to make. */
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
    /** @description `queue_full`: The queue is full. `rate_limited`: Too many calls. */
    queue_full_or_rate_limited: {
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
    /** @description `too_many_keys`: The account has as many API keys as it may. */
    too_many_keys: {
      headers: {
        'X-Request-Id': components['headers']['X-Request-Id'];
        [name: string]: unknown;
      };
      content: {
        'application/problem+json': components['schemas']['ProblemDto'];
      };
    };
    /** @description `type_has_handler`: A handler of this server serves the type. */
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
    /** @description `unavailable`: The service cannot take this right now. */
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
    /** @description Seconds to wait before the next try */
    'Retry-After': string;
    /** @description How to authenticate */
    'WWW-Authenticate': string;
    /** @description Under this id the call is found in the logs */
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
      /** @description The service at this moment */
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
        /** @description Users at most. */
        limit?: number;
        /** @description A queue that has not moved for longer than this is listed, in milliseconds. Paused and halted ones always are. */
        longerThanMs?: number;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Those whose queue does not move */
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
        /** @description So many whole minutes, up to the latest that all processes have told of. A minute is kept for a day. */
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
      /** @description The type as it is now */
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
        /** @description `nextCursor` of the page before. */
        cursor?: string;
        /** @description Items at most. */
        limit?: number;
        /** @description A whole id, or how an email begins (in any letter case), or an owner's own id of a customer. */
        q?: string;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description A page of users, the newest first */
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
      /** @description The erasure has begun, or was done before */
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
      /** @description The queue, with its limits */
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
      /** @description The queue at this moment */
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
      /** @description The queue, paused */
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
      /** @description How many were cancelled */
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
      /** @description The queue, which nothing stops */
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
        /** @description `nextCursor` of the page before. */
        cursor?: string;
        /** @description Accepted at or after this time (RFC 3339 with offset). */
        from?: string;
        /** @description Items at most. */
        limit?: number;
        /** @description By `seq`: `newest` first, or `oldest` first, as they run. */
        order?: 'newest' | 'oldest';
        /** @description An id, a tag, or words that the payload's text contains, in any letter case. */
        q?: string;
        /** @description Any of these; the parameter may be repeated. */
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
      /** @description The request, cancelled */
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
      /** @description The request, dismissed */
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
      /** @description The request, in line again */
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
      /** @description How many */
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
      /** @description How many */
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
      /** @description How many */
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
        /** @description `nextCursor` of the page before. */
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
      /** @description The key, which is shown this once */
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
        /** @description `true`: every session of the user ends; `false`: only the one that calls. */
        all?: boolean;
        /** @description `true`: every API key of the user ends, too. */
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
      /** @description The account has ended. Its address may be registered anew */
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
      /** @description The account, changed */
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
      /** @description The new password is good from now on */
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
      /** @description The new password is good from now on */
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
        /** @description `nextCursor` of the page before. */
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
        /** @description Your own id of your customer, as in `Turnwise-User`, URL-encoded */
        customer: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The erasure has begun, or was done before */
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
        /** @description Your own id of your customer, as in `Turnwise-User`, URL-encoded */
        customer: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The erasures under way, or the latest */
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
        /** @description `wait=N`: if the request ends within N seconds (1 to 60), it is answered whole, with 200. */
        Prefer?: string;
        /** @description With an API key of the scope `act-as`: whose queue is meant, by your own id of your customer (1 to 128 printable ASCII characters). */
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
      /** @description Accepted, and ended within the time that `Prefer` asked for */
      200: {
        headers: {
          /** @description `true` when an earlier call with this Idempotency-Key was accepted, and this is its answer */
          'Idempotent-Replayed'?: 'true';
          /**
           * @description Where to read the request
           * @example /requests/019cb0a4
           */
          Location?: string;
          /**
           * @description The wait that was honoured
           * @example wait=10
           */
          'Preference-Applied'?: string;
          'X-Request-Id': components['headers']['X-Request-Id'];
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['RequestDto'];
        };
      };
      /** @description Accepted */
      202: {
        headers: {
          /** @description `true` when an earlier call with this Idempotency-Key was accepted, and this is its answer */
          'Idempotent-Replayed'?: 'true';
          /**
           * @description Where to read the request
           * @example /requests/019cb0a4
           */
          Location?: string;
          'X-Request-Id': components['headers']['X-Request-Id'];
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['AcceptedDto'];
        };
      };
      400: components['responses']['malformed_json_or_bad_request_or_invalid_idempotency_key'];
      401: components['responses']['unauthorized'];
      403: components['responses']['account_locked_or_forbidden'];
      408: components['responses']['request_timeout'];
      413: components['responses']['body_too_large'];
      415: components['responses']['unsupported_media_type'];
      422: components['responses']['validation_failed_or_unknown_type_or_payload_too_large_or_payload_too_deep_or_idempotency_key_reused'];
      429: components['responses']['queue_full_or_rate_limited'];
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
        /** @description With an API key of the scope `act-as`: whose queue is meant, by your own id of your customer (1 to 128 printable ASCII characters). */
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
          /** @description `true` when an earlier call with this Idempotency-Key was accepted, and this is its answer */
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
      429: components['responses']['queue_full_or_rate_limited'];
      431: components['responses']['header_fields_too_large'];
      500: components['responses']['internal'];
      503: components['responses']['unavailable'];
    };
  };
  streamEvents: {
    parameters: {
      query?: never;
      header?: {
        /** @description The id of the last event that was heard */
        'Last-Event-ID'?: string;
        /** @description With an API key of the scope `act-as`: whose queue is meant, by your own id of your customer (1 to 128 printable ASCII characters). */
        'Turnwise-User'?: string;
      };
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The stream, until either side ends it */
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
      /** @description `unavailable`: The service cannot take this right now. */
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
      /** @description Prometheus' text format */
      200: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          [name: string]: unknown;
        };
        content: {
          /** @example turnwise_running_attempts 3 */
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
        /** @description `nextCursor` of the page before. */
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
      /** @description A page of links that still stand */
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
      /** @description The link, whose token is shown this once */
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
      header?: {
        /** @description With an API key of the scope `act-as`: whose queue is meant, by your own id of your customer (1 to 128 printable ASCII characters). */
        'Turnwise-User'?: string;
      };
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
      400: components['responses']['bad_request'];
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
        /** @description With an API key of the scope `act-as`: whose queue is meant, by your own id of your customer (1 to 128 printable ASCII characters). */
        'Turnwise-User'?: string;
      };
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The queue at this moment */
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
        /** @description With an API key of the scope `act-as`: whose queue is meant, by your own id of your customer (1 to 128 printable ASCII characters). */
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
      /** @description The queue, with the new policy */
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
        /** @description The latest requests, by `seq`. */
        last?: number;
      };
      header?: {
        /** @description With an API key of the scope `act-as`: whose queue is meant, by your own id of your customer (1 to 128 printable ASCII characters). */
        'Turnwise-User'?: string;
      };
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description What was found */
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
        /** @description With an API key of the scope `act-as`: whose queue is meant, by your own id of your customer (1 to 128 printable ASCII characters). */
        'Turnwise-User'?: string;
      };
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The queue, paused */
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
        /** @description With an API key of the scope `act-as`: whose queue is meant, by your own id of your customer (1 to 128 printable ASCII characters). */
        'Turnwise-User'?: string;
      };
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description How many were cancelled */
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
        /** @description With an API key of the scope `act-as`: whose queue is meant, by your own id of your customer (1 to 128 printable ASCII characters). */
        'Turnwise-User'?: string;
      };
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The queue, which nothing stops */
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
        /** @description `nextCursor` of the page before. */
        cursor?: string;
        /** @description Accepted at or after this time (RFC 3339 with offset). */
        from?: string;
        /** @description Items at most. */
        limit?: number;
        /** @description By `seq`: `newest` first, or `oldest` first, as they run. */
        order?: 'newest' | 'oldest';
        /** @description An id, a tag, or words that the payload's text contains, in any letter case. */
        q?: string;
        /** @description Any of these; the parameter may be repeated. */
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
        /** @description With an API key of the scope `act-as`: whose queue is meant, by your own id of your customer (1 to 128 printable ASCII characters). */
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
        /** @description Seconds to wait for the request to end; it is answered as it is when they have passed. */
        wait?: number;
      };
      header?: {
        /** @description With an API key of the scope `act-as`: whose queue is meant, by your own id of your customer (1 to 128 printable ASCII characters). */
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
        /** @description With an API key of the scope `act-as`: whose queue is meant, by your own id of your customer (1 to 128 printable ASCII characters). */
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
      /** @description The request, its callback being made */
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
        /** @description With an API key of the scope `act-as`: whose queue is meant, by your own id of your customer (1 to 128 printable ASCII characters). */
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
      /** @description The request, cancelled */
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
        /** @description With an API key of the scope `act-as`: whose queue is meant, by your own id of your customer (1 to 128 printable ASCII characters). */
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
      /** @description The request, without its data */
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
        /** @description With an API key of the scope `act-as`: whose queue is meant, by your own id of your customer (1 to 128 printable ASCII characters). */
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
      /** @description The request, dismissed */
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
        /** @description With an API key of the scope `act-as`: whose queue is meant, by your own id of your customer (1 to 128 printable ASCII characters). */
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
      /** @description The request, in line again */
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
        /** @description With an API key of the scope `act-as`: whose queue is meant, by your own id of your customer (1 to 128 printable ASCII characters). */
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
      /** @description How many */
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
        /** @description With an API key of the scope `act-as`: whose queue is meant, by your own id of your customer (1 to 128 printable ASCII characters). */
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
      /** @description How many */
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
        /** @description With an API key of the scope `act-as`: whose queue is meant, by your own id of your customer (1 to 128 printable ASCII characters). */
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
      /** @description How many */
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
        /** @description With an API key of the scope `act-as`: whose queue is meant, by your own id of your customer (1 to 128 printable ASCII characters). */
        'Turnwise-User'?: string;
      };
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description All types, in the order of their names */
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
        /** @description With an API key of the scope `act-as`: whose queue is meant, by your own id of your customer (1 to 128 printable ASCII characters). */
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
        /** @description With an API key of the scope `act-as`: whose queue is meant, by your own id of your customer (1 to 128 printable ASCII characters). */
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
      /** @description What has become of the request */
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
      /** @description The lease goes on */
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
      /** @description What has become of the request */
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
      /** @description What is to be run now */
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
