import type { Verdict } from '../flatten-chains.js';

/** A rule set of nftables, of its text or its JSON alike. */
export interface Ruleset {
  tables: Table[];
  /** What is none of it. */
  other: {
    line: number;
    text: string;
    why: string;
    /** It may stop or let pass what the rest says nothing of, or otherwise. */
    mayDecide?: true;
  }[];
}

export interface Table {
  family: string;
  name: string;
  /** From 1. */
  line: number;
  /** It is switched off. */
  isDormant: boolean;
  chains: Map<string, Chain>;
  /** Sets and maps. */
  sets: Map<string, NamedSet>;
}

export interface Chain {
  name: string;
  line: number;
  /** Where packets come to it; undefined: others lead to it. */
  hook?: { name: string; priority: number; devices: string[] };
  isClosed: boolean;
  rules: Rule[];
}

export interface Rule {
  line: number;
  text: string;
  statements: Statement[];
}

export interface NamedSet {
  elements: Element[];
  /** Elements come and go while it works, or are not understood. */
  changes: boolean;
}

/** Of a set or a map: the parts of a key, of which a concatenation has several; `*` is any other. */
export interface Element {
  key: string[];
  verdict?: Verdict;
}

/** Elements, or the name of a set that has them. */
export type Elements = readonly Element[] | string;

export type Statement =
  | { kind: 'match'; selectors: string[]; negated: boolean; of: Elements; text: string }
  | { kind: 'map'; selectors: string[]; of: Elements; text: string }
  | { kind: 'verdict'; verdict: Verdict }
  /** A condition of which nobody can say whether it is met. */
  | { kind: 'unclear'; text: string };

/** Priorities that have names. */
const priorities: Readonly<Record<string, number>> = {
  raw: -300,
  mangle: -150,
  dstnat: -100,
  filter: 0,
  security: 50,
  srcnat: 100,
};

/** `filter`, `filter + 10`, `-5`. */
export function priorityOf(text: string): number {
  const bare = text.replace(/\s/g, '');
  const [name = ''] = /^[a-z]*/.exec(bare) ?? [];
  return (priorities[name] ?? 0) + Number(bare.slice(name.length) || 0);
}
