import { readFileSync } from 'node:fs';
import { isIP } from 'node:net';

/** The system's own configuration of name resolution. */
export interface SystemNames {
  /** /etc/hosts: addresses by lower-case name. */
  readonly hosts: ReadonlyMap<string, readonly string[]>;
  /** Domains to append to an incomplete name, as in Kubernetes. */
  readonly search: readonly string[];
}

export const readSystemNames = (): SystemNames => ({
  hosts: hostsOf(contentOf('/etc/hosts')),
  search: searchOf(contentOf('/etc/resolv.conf')),
});

/** hosts(5) */
export function hostsOf(text: string): Map<string, string[]> {
  const hosts = new Map<string, string[]>();
  for (const [address = '', ...names] of wordsOf(text)) {
    if (isIP(address) === 0) continue;
    for (const name of names.map((each) => each.toLowerCase()))
      hosts.set(name, [...(hosts.get(name) ?? []), address]);
  }
  return hosts;
}

/** resolv.conf(5): the last `search` or `domain` line counts. */
export function searchOf(text: string): string[] {
  const last = wordsOf(text).findLast(([word]) => word === 'search' || word === 'domain');
  return (last ?? [])
    .slice(1)
    .map((domain) => domain.replace(/\.$/, ''))
    .filter(Boolean);
}

/** The words of each line, without its comment. */
const wordsOf = (text: string): string[][] =>
  text.split('\n').map((line) =>
    line
      .replace(/[#;].*/, '')
      .split(/\s+/)
      .filter(Boolean),
  );

/** Empty if the system has no such file. */
function contentOf(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}
