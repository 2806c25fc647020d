/** The form of a request type's name. */
export const TYPE_NAME = /^[a-z0-9._-]{1,64}$/;
