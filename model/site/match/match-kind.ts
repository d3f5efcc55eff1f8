import type { RealMeaning } from '../service-tags/real-meaning.js';

/**
 * One way in which a rule's destination is compared with a flow. Everything about it stands in one file
 * of this folder: what it matches, why in words, what is wrong with a destination, and what of it other
 * programs understand. One line of `index.ts` brings it in.
 */
export type MatchKind = NameKind | AddressKind | AnyKind;

interface Common {
  /** Whether a destination is of this kind, where its rule does not say. */
  isMeant(destination: string): boolean;
  /** Why a rule cannot say that it is of this kind; undefined: it can. */
  refuses?(destination: string): string | undefined;
  /** Why a rule is about a flow to this address, in words. */
  explain(destination: Destination, address: string): string;
  /** What its author should know about a destination. */
  lint(destination: Destination): Remark[];
}

/** It is about every destination. */
export interface AnyKind extends Common {
  by: 'any';
}

/** It is about addresses. */
export interface AddressKind extends Common {
  by: 'address';
  /** Addresses, CIDRs and ranges; those that are none of these are about nothing. */
  ranges(destination: Destination): readonly string[];
  /** Addresses of the lab's cloud of which it cannot be said whether it is about them: real ones are others. */
  unknown(destination: Destination): readonly string[];
}

/** It is about names. Patterns and names are in lower case, without the trailing dot; none is a path. */
export interface NameKind extends Common {
  by: 'name';
  matcher(pattern: string): (name: string) => boolean;
  /** The names that {@link matcher} takes, as a regular expression of POSIX (extended). */
  regex(pattern: string): string;
  /**
   * Names that it takes, so different that another kind's pattern which takes them all takes every other
   * one. The first is the shortest.
   */
  samples(pattern: string): readonly string[];
  /** The domain at or below which all these names are; undefined: they are of many. */
  domain(pattern: string): string | undefined;
  /** Texts that stand in all of these names, where the domain says little. */
  texts?(pattern: string): readonly string[];
}

/** What a rule is about, as it is written. */
export interface Destination {
  text: string;
  /** The date of the list that it names. */
  asOf?: string | undefined;
  /** What a published list makes of it. */
  means?: RealMeaning | undefined;
}

/** Something about a destination that its author should know. */
export interface Remark {
  kind:
    | 'path-as-host'
    | 'inner-wildcard'
    | 'exact-wildcard'
    | 'no-label-boundary'
    | 'not-an-address'
    | 'unknown-service-tag'
    | 'old-service-tag'
    | 'more-than-a-host'
    | 'not-a-name'
    | 'near-row'
    | 'other-protocol'
    | 'nobodys-addresses';
  message: string;
  suggestion?: string;
}
