/**
 * Waits for all of them, whatever comes of some: what is still being made when the first one fails would
 * be nobody's.
 * @throws the first reason, in the order given
 */
export async function together<T>(works: readonly Promise<T>[]): Promise<T[]> {
  const ends = await Promise.allSettled(works);
  return ends.map((end) => {
    if (end.status === 'rejected') throw end.reason;
    return end.value;
  });
}
