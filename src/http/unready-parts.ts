import { HttpException } from '@nestjs/common';

/** The failed parts of a Terminus health check, as `/health/ready` answers them. */
export interface UnreadyParts {
  readonly info: unknown;
  readonly error: Record<string, { readonly message?: string }>;
  readonly details: unknown;
}

/** @returns undefined if the exception does not come from a health check */
export function unreadyParts(exception: unknown): UnreadyParts | undefined {
  const response = exception instanceof HttpException ? exception.getResponse() : undefined;
  if (typeof response !== 'object' || !('details' in response)) return undefined;
  const { info, error, details } = response as UnreadyParts;
  return { info, error, details };
}

/** One line that says which parts are not ready, and why. */
export const reasonOf = ({ error }: UnreadyParts): string =>
  Object.entries(error)
    .map(([part, { message }]) => `${part}: ${message ?? 'down'}`)
    .join(', ');
