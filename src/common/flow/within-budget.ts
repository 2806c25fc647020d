import { createContext, Script } from 'node:vm';

const CALL = new Script('act()');
const box = createContext({ act: undefined });

/** The work took too long. */
export class OverBudget extends Error {}

/**
 * Runs synchronous code, and stops it wherever it is once it has taken too long: a loop, a recursion or a backtracking
 * pattern would otherwise block the whole process. Costs some 80 us; does not nest.
 * @param ms of wall time
 * @throws OverBudget, also if the stack is exhausted; whatever the code throws
 */
export function withinBudget<T>(ms: number, act: () => T): T {
  box['act'] = act;
  try {
    return CALL.runInContext(box, { timeout: ms }) as T;
  } catch (error) {
    if (error instanceof RangeError) throw new OverBudget('the stack is exhausted', { cause: error });
    // An error of another VM context is not an instance of this context's Error.
    if ((error as NodeJS.ErrnoException | null)?.code === 'ERR_SCRIPT_EXECUTION_TIMEOUT')
      throw new OverBudget(`it took more than ${ms} ms`, { cause: error });
    throw error;
  } finally {
    box['act'] = undefined;
  }
}
