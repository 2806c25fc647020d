/** What is shown of a value that is not known: never 0, nor nothing. */
export const UNKNOWN = 'not known now';
