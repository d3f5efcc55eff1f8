/**
 * Link targets for ids, readable where they can be: `s-ports_outbound-443`. Two ids that come out
 * the same are told apart by a number.
 */
export function anchorsFor(prefix: string, ids: readonly string[]): ReadonlyMap<string, string> {
  const anchors = new Map<string, string>();
  const taken = new Set<string>();
  for (const id of ids) {
    const readable = `${prefix}-${id.replace(/[^A-Za-z0-9-]+/g, '_')}`;
    let anchor = readable;
    for (let number = 2; taken.has(anchor); number++) anchor = `${readable}-${number}`;
    taken.add(anchor);
    anchors.set(id, anchor);
  }
  return anchors;
}
