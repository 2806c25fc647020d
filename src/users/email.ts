/** An address as it is stored and shown, without surrounding blanks. Keeps the user's letter case. */
export const trimmedEmail = (email: string): string => email.trim().normalize('NFC');

/** The common form of all spellings of an address. Unique among users. */
export const canonicalEmail = (email: string): string => trimmedEmail(email).toLowerCase();
