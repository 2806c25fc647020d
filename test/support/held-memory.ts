import { join } from 'node:path';

/** Variables of a process whose memory a test measures: its garbage is collected first. */
export const COLLECTING = {
  NODE_OPTIONS: `--expose-gc --require ${join(__dirname, 'collect-garbage-first.js')}`,
};

export const MEGABYTE = 1024 * 1024;

/** The memory in use, in MB, of a process that was started with COLLECTING. */
export async function heldMegabytes(url: string): Promise<number> {
  const text = await (await fetch(`${url}/metrics`)).text();
  const bytes = (name: string) => Number(new RegExp(`^${name}\\S* (\\S+)$`, 'm').exec(text)?.[1]);
  return (bytes('nodejs_heap_size_used_bytes') + bytes('nodejs_external_memory_bytes')) / MEGABYTE;
}
