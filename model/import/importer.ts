import type { z } from 'zod';
import type { StackName } from '../evidence/vocabulary.js';
import type { writtenProxyRuleSchema } from '../site/proxy-rule-schema.js';
import type { writtenRuleSchema } from '../site/rule-schema.js';
import type { SiteInput } from '../site/schema.js';

/** A file that somebody hands over. */
export interface SourceFile {
  /** As it was named. */
  file: string;
  text: string;
}

/** A rule as a site file has it, with the place where it was read. */
export type ImportedRule = z.input<typeof writtenRuleSchema>;

/** A rule of a proxy, likewise. */
export type ImportedProxyRule = z.input<typeof writtenProxyRuleSchema>;

export interface ImportedFirewall {
  default: 'allow' | 'drop' | 'reject' | 'reset';
  rules: ImportedRule[];
  /** Behind all of these. */
  'application-rules'?: ImportedRule[];
}

/** Something in a file of which nobody knows what it means here. */
export interface NotUnderstood {
  file: string;
  /** From 1. */
  line: number;
  text: string;
  /** Why, and what would help. */
  why: string;
}

/** What one file says of a site. */
export interface Imported {
  /** What passes the machine on which the file was: at the edge. */
  edge?: ImportedFirewall;
  /** What begins on that machine: a server's own firewall. */
  server?: ImportedFirewall;
  /** Lines of the server's hosts file: name to address. */
  hosts?: Record<string, string>;
  /** Parts of a site that are not rules. */
  site?: Pick<SiteInput, 'proxy' | 'pac' | 'inspection'>;
  /** Proxies that a PAC file names, as `host:port`; of none of them it says what that lets through. */
  named?: readonly string[];
  /** Ports on which the proxy is asked whose file it is, where they are several. */
  listens?: readonly string[];
  /** Stacks that are told to use no proxy, whatever other files say. */
  direct?: readonly StackName[];
  /** It is a table of hosts, which says of no machine whose it is. */
  isTable?: true;
  /** It is a list of service tags, which a site names by its path. */
  isTagList?: true;
  /** Entries of the file that are in the site, or are about what no connector does. */
  understood: number;
  notUnderstood: NotUnderstood[];
}

/** What the one who imports knows, and no file says. */
export interface ImportOptions {
  /** The connector server's address in the customer's network. */
  serverAddress?: string | undefined;
  /** The proxy's, from which its own connections come to the edge. */
  proxyAddress?: string | undefined;
  /** The interface by which its connections come to a firewall, and the one by which they go. */
  comesBy?: string | undefined;
  goesBy?: string | undefined;
  /** Files that others name, and that say nothing by themselves. */
  parts?: readonly SourceFile[];
}

/** One format: a file in this folder, and a line in `index.ts`. */
export interface Importer {
  /** How it is called on the command line and in results: `iptables`. */
  format: string;
  /** For people: `iptables-save`. */
  title: string;
  /** Whether a text looks like it. */
  recognises(source: SourceFile): boolean;
  /** Whether another file is a part of it, which says nothing by itself. */
  hasPart?(source: SourceFile, other: SourceFile): boolean;
  read(source: SourceFile, options: ImportOptions): Imported;
}
