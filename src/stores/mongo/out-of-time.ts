const MAX_TIME_MS_EXPIRED = 50;

/** Whether MongoDB ended a call because its `maxTimeMS` was over. */
export const isOutOfTime = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && error.code === MAX_TIME_MS_EXPIRED;
