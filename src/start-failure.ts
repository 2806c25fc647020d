import type { Settings } from './config/settings';

/** Why a start failed, as a sentence for whoever started it; no secret of a store's URL is in it. */
export function sentenceOf(error: unknown, { http }: Settings): string {
  if (!(error instanceof Error)) return `The start failed: ${String(error)}`;
  const { code } = error as NodeJS.ErrnoException;
  if (code === 'EADDRINUSE')
    return `Port ${http.port} on ${http.host} is taken: free it, or set PORT to another.`;
  if (code === 'EACCES')
    return `Port ${http.port} may not be opened by this user: set PORT to one above 1023.`;
  const isNoName = (error as { hostname?: unknown }).hostname === http.host; // getaddrinfo knows no address of it
  if (code === 'EADDRNOTAVAIL' || isNoName)
    return `${http.host} is not an address of this machine: set HOST to one that is.`;
  if (/^Mongo(ose)?(ServerSelection|Network)/.test(error.name))
    return `MongoDB cannot be reached: is MONGODB_URI right, and its replica set up? (${error.message})`;
  return `The start failed: ${error.stack ?? error.message}`;
}
