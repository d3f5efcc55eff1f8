/** A rule of the Windows firewall as its registry has it: names of fields in small letters, and all their values. */
export interface WindowsRule {
  fields: ReadonlyMap<string, readonly string[]>;
  /** From 1. */
  line: number;
  text: string;
  /** What of it the file does not say. */
  unclear?: string;
}

/** What a file says of the firewall. */
export interface WindowsFirewall {
  rules: WindowsRule[];
  /** Whether it stops what no rule lets pass; undefined: in some networks only. */
  isClosed: boolean | undefined;
  /** Whether it works at all; undefined: in some networks only. */
  isOn: boolean | undefined;
  other: { line: number; text: string; why: string }[];
}
