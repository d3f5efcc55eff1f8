import type { Account, StackName } from '../evidence/vocabulary.js';
import type { Internet } from '../path/public-host.js';
import type { Passage } from '../path/survey.js';
import type { Hop, Way } from '../path/way.js';
import type { Site } from '../site/schema.js';

/** A host and port that somebody is asked to open, as the requirements page or the site names it. */
export interface Target {
  host: string;
  port: number;
}

/** What a request of any kind says: one change of the site that one person can be asked for, as data. */
export interface Request {
  kind: string;
  /** What is to be changed: a device, `server`, `tenant`. */
  device: string;
  /** The one server whose setting or firewall it is, or whose traffic it is about; all of them, where absent. */
  server?: string;
  /** The setting, where it is one of several on the device. */
  setting?: string;
  /** What is there now, by the names that evidence uses. */
  rules: string[];
  servers: string[];
  accounts: Account[];
  stacks: StackName[];
  targets: Target[];
  /** Requirements that it mends. */
  requirements: string[];
}

/** Something that stops a flow. */
export interface Stop {
  hop: Hop;
  way: Way;
  /** The documented row that the flow stands for; absent for what is asked inside the site. */
  passage?: Passage;
  target: Target;
  requirements: readonly string[];
}

/** One kind of change. */
export interface RequestKind {
  kind: string;
  /** The request that mends a stop; undefined: this kind does not. */
  of(stop: Stop, site: Site, internet: Internet): (Partial<Request> & Pick<Request, 'device'>) | undefined;
  /** The site with the request granted. */
  grant(request: Request, site: Site): Site;
  /** What is asked, in the imperative. */
  words(request: Request): string;
}
