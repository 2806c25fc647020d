import { memberText } from '../api/exact-json';
import { useLive } from '../api/live';
import { type RequestView, useUser } from '../api/user-api';

export interface ExactRequest {
  readonly request: RequestView;
  /** JSON text, exactly as sent. */
  readonly payload: string;
  /** JSON text, exactly as the handler returned it. */
  readonly result: string | undefined;
}

/** One request, live. */
export function useRequest(id: string) {
  const user = useUser();
  return useLive(async (): Promise<ExactRequest> => {
    const text = await user.requestText(id);
    return {
      request: JSON.parse(text) as RequestView,
      payload: memberText(text, 'payload') ?? 'null',
      result: memberText(text, 'result'),
    };
  }, `request ${user.base} ${id}`);
}
