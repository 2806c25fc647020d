import { useRef, useState } from 'preact/hooks';

/** @returns whether the action runs, and a function that starts it, unless it runs */
export function useBusy<Args extends unknown[]>(action: (...args: Args) => Promise<unknown>) {
  const [isBusy, setBusy] = useState(false);
  const isRunning = useRef(false); // at once: a second click may come before the page is drawn again
  const start = async (...args: Args) => {
    if (isRunning.current) return;
    isRunning.current = true;
    setBusy(true);
    try {
      await action(...args);
    } finally {
      isRunning.current = false;
      setBusy(false);
    }
  };
  return [isBusy, start] as const;
}
