import type { InspectionAuthority } from '../../../mocks/pki/inspection-authority.js';
import type { Resolver, Site } from '../../../model/site/schema.js';
import type { Notice } from '../channel.js';
import type { Route } from '../dial.js';
import type { Wire } from '../wire.js';
import type { WireRoot } from '../wire-root.js';

/** A configuration of the resolver, and from when on: milliseconds of lab time after it was put in place. */
export interface ResolverStage {
  after: number;
  configuration: string;
}

/** A resolver of the site: its own, or one that a single server asks. */
export interface ResolverSettings {
  /** Whose it is; absent: the site's. */
  of?: string;
  address: string;
  /** dnsmasq's configuration, the first from the beginning. */
  stages: ResolverStage[];
  /** What it says wrongly. */
  settings: Resolver;
}

export interface GatewaySettings {
  site: Site;
  /** The lab's clock, milliseconds since 1970. */
  startAt: number;
  /** The rules of all devices, as nft reads them. */
  firewall: string;
  /** The site's first. */
  resolvers: ResolverSettings[];
  /** squid's, where a firewall reads names. */
  sniFirewall?: string;
  /** The gateway towards the internet. */
  address: string;
  resolverAddress: string;
  inspectionListAddress: string;
}

/** What the gateway offers its devices. */
export interface GatewayHost {
  tell(notice: Notice): void;
  /** Lab time, milliseconds since 1970. */
  now(): number;
  /** The gateway's own connections. */
  wire(): Wire;
  /** Where a connection wanted to go that the kernel has put in front of a device. */
  destination(from: string, fromPort: number): Promise<Route>;
  /** An authority of that name; the same, as long as the lab begins at the same time. */
  authority(name: string): Promise<InspectionAuthority>;
  /** A source port that no connection of the gateway has. */
  nextPort(): number;
}

/** A device of the site's way out, on the gateway's machine. */
export interface GatewayDevice {
  /** Takes the place of what was there before; ends when it is in force. */
  configure(settings: GatewaySettings): Promise<void>;
  /** Ends when everything that it decided until now has been told. */
  settle?(): Promise<void>;
  /** Lab time is about to become `until`, milliseconds since 1970. */
  time?(until: number): Promise<void>;
  /** Ends it: the machine is as without it. */
  close(): Promise<void>;
  /** What is still there after it was closed, in words. */
  leftovers?(): Promise<string[]>;
  /** The authority of the certificates that it shows, where it shows any. */
  readonly root?: WireRoot | undefined;
}
