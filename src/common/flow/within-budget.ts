import { createContext, Script } from 'node:vm';

const CALL = new Script('act()');
const box = createContext({ act: undefined });

/** The work took too long. */
export class OverBudget extends Error {}

class OutOfTime extends OverBudget {}

/**
 * Runs synchronous code, and stops it wherever it is once it has taken too long: a loop, a recursion or a backtracking
 * pattern would otherwise block the whole process. Costs some 80 us; does not nest.
 * @param ms of wall time; a second try if the machine was busy
 * @param act may be stopped, and called again
 * @throws OverBudget, also if the stack is exhausted; whatever the code throws
 */
export function withinBudget<T>(ms: number, act: () => T): T {
  const before = process.cpuUsage();
  try {
    return tryWithin(ms, act);
  } catch (error) {
    // Its time was up, and it had the processor for less than half of it.
    if (error instanceof OutOfTime && process.cpuUsage(before).user < (ms * 1000) / 2)
      return tryWithin(ms, act);
    throw error;
  }
}

function tryWithin<T>(ms: number, act: () => T): T {
  box['act'] = act;
  try {
    return CALL.runInContext(box, { timeout: ms }) as T;
  } catch (error) {
    if (error instanceof RangeError) throw new OverBudget('the stack is exhausted', { cause: error });
    // An error of another VM context is not an instance of this context's Error.
    if ((error as NodeJS.ErrnoException | null)?.code === 'ERR_SCRIPT_EXECUTION_TIMEOUT')
      throw new OutOfTime(`it took more than ${ms} ms`, { cause: error });
    throw error;
  } finally {
    box['act'] = undefined;
  }
}
