import { Problem } from '../../common/errors/problem';

/** @param detail what would be needed */
export const forbidden = (detail: string): Problem => new Problem('forbidden', detail);
