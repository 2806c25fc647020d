type Kept = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;

/**
 * A storage of the browser. One that is refused (a portal in a frame where other sites may keep nothing) is replaced by one
 * that lasts as long as the page.
 */
function storage(of: () => Storage): Kept {
  try {
    return of();
  } catch {
    const items = new Map<string, string>();
    return {
      getItem: (name) => items.get(name) ?? null,
      setItem: (name, value) => void items.set(name, value),
      removeItem: (name) => void items.delete(name),
    };
  }
}

/** Shared by all tabs, until it is taken out. */
export const ofBrowser = storage(() => localStorage);
/** Of this tab alone, as long as it is open. */
export const ofTab = storage(() => sessionStorage);
