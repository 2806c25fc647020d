type Kept = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;

/**
 * A storage of the browser. If the browser refuses it (a portal in a frame where other sites may store nothing), a
 * storage that lasts as long as the page replaces it.
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

/** Shared by all tabs, until it is removed. */
export const ofBrowser = storage(() => localStorage);
/** For this tab only, while it is open. */
export const ofTab = storage(() => sessionStorage);
