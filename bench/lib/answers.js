// @ts-check
const HEADERS_END = Buffer.from('\r\n\r\n');

/**
 * Reads the answers of one connection that sends its next call after the answer to the last one.
 * @param {(status: number, head: string) => void} done called for each answer
 * @returns {(chunk: Buffer) => void} takes what comes
 */
function answers(done) {
  /** What has come of the answer. @type {Buffer} */
  let answer = Buffer.alloc(0);
  return (chunk) => {
    answer = answer.length === 0 ? chunk : Buffer.concat([answer, chunk]);
    const end = answer.indexOf(HEADERS_END);
    if (end < 0) return;
    const head = answer.toString('latin1', 0, end);
    const length = Number(/\r\ncontent-length: (\d+)/i.exec(head)?.[1] ?? 0);
    if (answer.length < end + HEADERS_END.length + length) return;
    answer = Buffer.alloc(0);
    done(Number(head.slice(9, 12)), head);
  };
}

module.exports = { answers };
