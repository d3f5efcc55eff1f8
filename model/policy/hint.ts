/** Something that is legal in a site, and of no use or not what its author may think. */
export interface Hint {
  /** The list or setting that it is about: `firewall.rules`, `proxy.allow`. */
  place: string;
  /** The rule or entry, by its name or as it is written; the first of several. */
  rule: string;
  /** In words, with every rule and entry that it is about. */
  message: string;
  /** What may have been meant; it opens no more than what is written. */
  suggestion?: string;
}
