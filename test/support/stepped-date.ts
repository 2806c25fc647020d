import { spawnSync } from 'node:child_process';
import { closeSync, openSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { testRun } from './test-run';

const SOURCE = join(__dirname, 'programs/stepped-date.c');

/** The library to preload; `''` if it could not be built. */
let library: string | undefined;

/** The date of the programs that are started with `variables`. A test can move it; their monotonic clocks do not move. */
export class SteppedDate {
  private static count = 0;
  private readonly file = testRun().path(`date-${process.pid}-${++SteppedDate.count}`);
  private readonly fd = openSync(this.file, 'w+');

  private constructor() {
    this.move(0);
  }

  /** @returns undefined without a C compiler */
  static make(): SteppedDate | undefined {
    library ??= build();
    return library === '' ? undefined : new SteppedDate();
  }

  get variables(): Record<string, string> {
    return { LD_PRELOAD: library!, DATE_FILE: this.file };
  }

  /** @param ms by how much the date is ahead of the machine's */
  move(ms: number): void {
    const bytes = Buffer.alloc(8);
    bytes.writeBigInt64LE(BigInt(Math.round(ms)));
    writeSync(this.fd, bytes, 0, 8, 0);
  }

  close(): void {
    closeSync(this.fd);
  }
}

function build(): string {
  const output = testRun().path(`stepped-date-${process.pid}.so`);
  const { status } = spawnSync('cc', ['-shared', '-fPIC', '-O1', '-o', output, SOURCE, '-ldl']);
  if (status === 0) return output;
  console.warn('no C compiler (cc): the faults of clocks are left out');
  return '';
}
