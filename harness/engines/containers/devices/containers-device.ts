import type { Notice } from '../../../../docker/agent/channel.js';
import type { LogPrefix } from '../../../../docker/agent/log-prefix.js';
import type { Device, ResultName } from '../../../../model/evidence/vocabulary.js';
import type { SiteAddresses } from '../../../../model/site/addresses.js';
import type { Server, Site } from '../../../../model/site/schema.js';
import type { DecisionEvent, Known } from '../connection-tracking.js';

/** What a device says of a connection: a rule of the kernel logged a packet, or a program has its own word. */
export type DeviceLine =
  | (LogPrefix & { log: string })
  | Extract<Notice, { kind: 'admitted' | 'expired' | 'named' }>;
export type LineKind = DeviceLine['kind'];
export type Lines = { [K in LineKind]: Extract<DeviceLine, { kind: K }> };

/** The site that is in place. */
export interface Present {
  site: Site;
  addresses: SiteAddresses;
}

/** What a line means for the connection that it is about. */
export interface Finding {
  decision?: Pick<DecisionEvent, 'device' | 'action' | 'rule' | 'explanation' | 'byName' | 'log'>;
  /** The flow as the device sees it, where it is not the connection's own. */
  flow?: DecisionEvent['flow'];
  /** The connection ends so, for whoever made it. */
  end?: { result: ResultName; words: string };
  /** What was tried before it ends so, at another address of the name; the connection itself is made then. */
  passedOver?: { result: ResultName; words: string };
  /** Holds only where none of these devices ended the connection: it waits for their word. */
  after?: readonly LineKind[];
}

/** What each kind of line means, by its kind. Undefined: nothing that anybody needs to know. */
export type LineReaders = {
  readonly [K in LineKind]?: (line: Lines[K], known: Known, present: Present) => Finding | undefined;
};

/** A device on real machines, as the harness knows it. */
export interface ContainersDevice {
  /** Its name in the evidence. */
  readonly device: Device;
  /** Its chains and sets in the gateway's table. */
  gatewayRules?(present: Present): string;
  /** Its chains and sets in the table of a server. */
  serverRules?(present: Present, server: Server): string;
  /** Which connections that it opens to carry on what it was handed it does not name: as nft tells them. */
  carriesOn?(site: Site): string | undefined;
  /** The lines that are its own: no other device has them. */
  readonly lines: LineReaders;
}
