/**
 * Keeps the start of a stream in one piece of memory. A list of chunks has no limit: each chunk may be a view of a
 * whole socket read (64 KiB kept for one byte), and is an object of its own (250 bytes for one byte).
 */
export class KeptBytes {
  private buffer = Buffer.alloc(0);
  private size = 0;

  /** @param limit most bytes to keep */
  constructor(private readonly limit: number) {}

  /** @returns whether everything received so far is kept */
  add(chunk: Buffer): boolean {
    const more = Math.min(chunk.length, this.limit - this.size);
    if (this.size + more > this.buffer.length) this.grow(this.size + more);
    chunk.copy(this.buffer, this.size, 0, more);
    this.size += more;
    return more === chunk.length;
  }

  get bytes(): Buffer {
    return this.buffer.subarray(0, this.size);
  }

  /** At least doubles the buffer, so that a byte is copied a bounded number of times. */
  private grow(needed: number): void {
    const grown = Buffer.allocUnsafeSlow(Math.min(this.limit, Math.max(needed, 2 * this.buffer.length)));
    this.buffer.copy(grown, 0, 0, this.size);
    this.buffer = grown;
  }
}
