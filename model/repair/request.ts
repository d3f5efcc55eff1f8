import type { Account, Device, Operation, StackName } from '../evidence/vocabulary.js';
import type { Passage } from '../path/passage.js';
import type { Internet } from '../path/public-host.js';
import type { Hop, Way } from '../path/way.js';
import type { Site } from '../site/schema.js';

/** A host and port, as the requirements page or the site names it. */
export interface Place {
  host: string;
  port: number;
}

/** What somebody is asked to open, and for which accounts. */
export interface Target extends Place {
  accounts: Account[];
}

/** What is to be changed: a device on the way, the server itself, or the directory of the customer. */
export type Changed = Device | 'tenant';

/** What a request of any kind says: one change of the site that one person can be asked for, as data. */
export interface Request {
  kind: string;
  device: Changed;
  /** The one server whose setting or firewall it is, or whose traffic it is about; all of them, where absent. */
  server?: string;
  /** Which firewall, where several stand at the edge. */
  firewall?: string;
  /** The setting, where it is one of several on the device. */
  setting?: string;
  /** What is to be used, where the kind of request has to say it: the address of the proxy, the least version. */
  place?: string;
  /** Who decides today; another than `device` where that is not what is to be changed. */
  decidedBy: Changed[];
  /** By which rules or settings, by the names that evidence uses. */
  rules: string[];
  /** Why, in words: what the device does today, each thing once. */
  reasons: string[];
  servers: string[];
  accounts: Account[];
  stacks: StackName[];
  targets: Target[];
  /** What cannot be done until then, in the order of a connector's life. */
  operations: Operation[];
  /** Requirements that it mends. */
  requirements: string[];
}

/** A device on the way of a flow stops it. */
export interface FlowStop {
  by: 'flow';
  hop: Hop;
  way: Way;
  /** The documented row that the flow stands for; absent for what is asked inside the site. */
  passage?: Passage;
  target: Place;
  requirements: readonly string[];
}

/** A setting of a server, the tenant or a device keeps something from working, whatever the network lets pass. */
export interface SettingStop {
  by: 'setting';
  /** The kind of request that mends it. */
  kind: string;
  device: Changed;
  /** The server whose setting it is; absent: of nobody in particular. */
  server?: string;
  /** The firewall whose setting it is, where several stand at the edge. */
  firewall?: string;
  setting?: string;
  /** What is to be set, where the kind of request has to say it: the least version. */
  place?: string;
  /** What is set, by the name that evidence uses. */
  rule: string;
  /** Why it matters, in words. */
  explanation: string;
  /** What it stops first. */
  operation: Operation;
  requirements: readonly string[];
}

export type Stop = FlowStop | SettingStop;

interface Kind {
  kind: string;
  /** The site with the request granted. */
  grant(request: Request, site: Site): Site;
  /** What is asked, in the imperative. */
  words(request: Request): string;
}

/** What of a request the kind decides; where it names no targets, it is about the place that was stopped. */
export type FlowAsk = Partial<Omit<Request, 'targets'>> & Pick<Request, 'device'> & { targets?: Place[] };

/** A change that lets flows through. */
export interface FlowKind extends Kind {
  /** The request that mends a stop; undefined: this kind does not. */
  of(stop: FlowStop, site: Site, internet: Internet): FlowAsk | undefined;
}

/** A change of a setting. */
export interface SettingKind extends Kind {
  /** Where a site has the setting wrong. */
  stops(site: Site): Omit<SettingStop, 'by' | 'kind'>[];
}
