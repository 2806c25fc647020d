const MAX_TIME_MS_EXPIRED = 50;
const DUPLICATE_KEY = 11000;

/** Whether MongoDB refused a document because another one has the same id or unique field. */
export const isDuplicateKey = (error: unknown): boolean => hasCode(error, DUPLICATE_KEY);

/** Whether MongoDB ended a call because its `maxTimeMS` had passed. */
export const isOutOfTime = (error: unknown): boolean => hasCode(error, MAX_TIME_MS_EXPIRED);

const hasCode = (error: unknown, code: number): boolean =>
  error instanceof Error && 'code' in error && error.code === code;
