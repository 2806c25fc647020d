/** An address as it is kept and shown: blanks around it are not part of it. Its letter case is the user's. */
export const trimmedEmail = (email: string): string => email.trim().normalize('NFC');

/** What two spellings of one address have in common. Unique among users. */
export const canonicalEmail = (email: string): string => trimmedEmail(email).toLowerCase();
