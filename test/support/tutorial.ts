import { execFile } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';

const ROOT = join(__dirname, '../..');
const read = (path: string) => readFileSync(join(ROOT, path), 'utf8');

/** A document whose code a test runs unchanged. */
export class Tutorial {
  private readonly text: string;

  /** @param path relative to the project's folder */
  constructor(path: string) {
    this.text = read(path);
  }

  /** The shell commands of a section, one block after the other. */
  commands(heading: string): string[] {
    return [...this.section(heading).matchAll(/^```sh\n([^]*?)```$/gm)].map(([, code = '']) => code);
  }

  /** Writes the files that a section shows. The line before each one begins with its name. */
  writeFiles(heading: string, folder: string, change = (code: string) => code): void {
    const files = this.section(heading).matchAll(/^`([\w.-]+)`[^\n]*:\n\n```\w+\n([^]*?)```$/gm);
    for (const [, name = '', code = ''] of files) writeFileSync(join(folder, name), change(code));
  }

  private section(heading: string): string {
    const [, section] = this.text.split(`\n## ${heading}\n`);
    if (section === undefined) throw new Error(`There is no section "${heading}".`);
    return section.split('\n## ')[0]!;
  }
}

/** Turnwise reads these variables too, but npm needs them: they say how this machine reaches the internet. */
const OF_THE_MACHINE = ['NODE_EXTRA_CA_CERTS', 'HTTP_PROXY', 'HTTPS_PROXY', 'NO_PROXY'];

/** The environment of a reader, without variables of Turnwise, Jest, or the npm that runs the tests. */
export function readersEnvironment(): NodeJS.ProcessEnv {
  const ours = new Set([
    ...(read('.env.example').match(/^[A-Z_]+(?==)/gm) ?? []),
    'INIT_CWD',
    'JEST_WORKER_ID',
  ]);
  const theirs = Object.entries(process.env).filter(
    ([name]) =>
      (!ours.has(name) || OF_THE_MACHINE.includes(name)) &&
      (!name.startsWith('npm_') || name === 'npm_config_registry'),
  );
  // What was downloaded before is not downloaded again.
  return { ...Object.fromEntries(theirs), npm_config_prefer_offline: 'true', npm_config_audit: 'false' };
}

/** Runs commands as a reader would, and returns their output. @throws with their output if one fails */
export async function sh(commands: string, cwd: string): Promise<string> {
  const options = { cwd, env: readersEnvironment(), maxBuffer: 2 ** 24 };
  try {
    return (await promisify(execFile)('bash', ['-euo', 'pipefail', '-c', commands], options)).stdout;
  } catch (error) {
    const { message, stdout } = error as Error & { stdout: string }; // the message has only what went to stderr
    throw new Error(`${message}\n${stdout.slice(-4_000)}`, { cause: error });
  }
}
