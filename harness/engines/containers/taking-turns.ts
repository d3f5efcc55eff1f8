/**
 * One piece of work for all who ask while it cannot begin: each gets a turn that began after it asked, and
 * no two turns are at the same time.
 */
export function takingTurns(work: () => Promise<void>): () => Promise<void> {
  let present: Promise<void> = Promise.resolve();
  let next: Promise<void> | undefined;
  const begin = () => {
    next = undefined;
    return work();
  };
  return () => {
    if (!next) {
      next = present.then(begin, begin);
      present = next;
    }
    return next;
  };
}
