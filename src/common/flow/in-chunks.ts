/** What a cursor reads, in arrays of `size`; the last one may be shorter. */
export async function* inChunks<T>(cursor: AsyncIterable<T>, size: number): AsyncIterable<T[]> {
  let chunk: T[] = [];
  for await (const each of cursor) {
    if (chunk.push(each) < size) continue;
    yield chunk;
    chunk = [];
  }
  if (chunk.length > 0) yield chunk;
}
