/** What a request type may be called. */
export const TYPE_NAME = /^[a-z0-9._-]{1,64}$/;
