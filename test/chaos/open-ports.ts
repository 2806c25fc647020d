import { readdirSync, readFileSync, readlinkSync } from 'node:fs';

/** The local ports of a process's connections to a port of this machine; empty if it has ended. Works on Linux only. */
export function openPorts(pid: number, target: number): number[] {
  try {
    return connectedPorts(pid, target);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    return [];
  }
}

function connectedPorts(pid: number, target: number): number[] {
  const inodes = new Set(inodesOf(pid));
  return readFileSync(`/proc/${pid}/net/tcp`, 'utf8')
    .split('\n')
    .slice(1)
    .map((line) => line.trim().split(/\s+/))
    .filter((fields) => inodes.has(fields[9] ?? '') && portOf(fields[2] ?? '') === target)
    .map((fields) => portOf(fields[1] ?? ''));
}

const portOf = (address: string): number => parseInt(address.split(':')[1] ?? '', 16);

function inodesOf(pid: number): string[] {
  return readdirSync(`/proc/${pid}/fd`).flatMap((fd) => {
    try {
      return /^socket:\[(\d+)\]$/.exec(readlinkSync(`/proc/${pid}/fd/${fd}`))?.[1] ?? [];
    } catch {
      return []; // closed meanwhile
    }
  });
}
