/**
 * Does something with each item, one after the other, even if some fail: an unreachable shard does not block the next
 * one. (P5)
 * @throws the first error, once all items are done
 */
export async function eachInTurn<T>(
  items: Iterable<T> | AsyncIterable<T>,
  act: (item: T) => Promise<unknown>,
): Promise<void> {
  let failure: { readonly error: unknown } | undefined;
  for await (const item of items) {
    try {
      await act(item);
    } catch (error) {
      failure ??= { error };
    }
  }
  if (failure) throw failure.error;
}
