import type { AnyKind } from './match-kind.js';

/** Every destination. */
export const any: AnyKind = {
  by: 'any',
  isMeant: (destination) => destination === 'any' || destination === '*',
  refuses: (destination) =>
    any.isMeant(destination)
      ? undefined
      : `"any" would ignore "${destination}"; leave match out, or write any for the host`,
  explain: () => 'it is about every destination',
  lint: () => [],
};
