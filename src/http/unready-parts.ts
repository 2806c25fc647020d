import { HttpException } from '@nestjs/common';

/** The parts of a health check that Terminus found (`/health/ready`), as they are answered. */
export interface UnreadyParts {
  readonly info: unknown;
  readonly error: Record<string, { readonly message?: string }>;
  readonly details: unknown;
}

/** @returns undefined if the exception is not of a health check */
export function unreadyParts(exception: unknown): UnreadyParts | undefined {
  const response = exception instanceof HttpException ? exception.getResponse() : undefined;
  if (typeof response !== 'object' || !('details' in response)) return undefined;
  const { info, error, details } = response as UnreadyParts;
  return { info, error, details };
}

/** What is not ready, and why, in a line. */
export const reasonOf = ({ error }: UnreadyParts): string =>
  Object.entries(error)
    .map(([part, { message }]) => `${part}: ${message ?? 'down'}`)
    .join(', ');
