import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const ROOT = join(__dirname, '../..');

/** A document whose code is run as it stands. */
export class Tutorial {
  private readonly text: string;

  /** @param path from the project's folder */
  constructor(path: string) {
    this.text = readFileSync(join(ROOT, path), 'utf8');
  }

  /** Writes the files that a section of the document shows, each after a line that begins with its name. */
  writeFiles(heading: string, folder: string): void {
    const files = this.section(heading).matchAll(/^`([\w.-]+)`[^\n]*:\n\n```\w+\n([^]*?)```$/gm);
    for (const [, name = '', code = ''] of files) writeFileSync(join(folder, name), code);
  }

  /** The commands of a section, one block after the other. */
  commands(heading: string): string[] {
    return [...this.section(heading).matchAll(/^```sh\n([^]*?)```$/gm)].map(([, code = '']) => code);
  }

  private section(heading: string): string {
    const [, section] = this.text.split(`\n## ${heading}\n`);
    if (section === undefined) throw new Error(`There is no section "${heading}".`);
    return section.split('\n## ')[0]!;
  }
}
