/** Somebody of whom a test needs a part alone: what there is of them has their types. */
export const partOf = <T extends object>(parts: Partial<T>): T => parts as T;
