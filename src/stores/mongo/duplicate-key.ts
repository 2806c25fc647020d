const DUPLICATE_KEY = 11000;

/** Whether MongoDB refused a document because of another one with the same id or unique field. */
export const isDuplicateKey = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && error.code === DUPLICATE_KEY;
