/** A collaborator of which a test needs only some members; those that are given have the right types. */
export const partOf = <T extends object>(parts: Partial<T>): T => parts as T;
