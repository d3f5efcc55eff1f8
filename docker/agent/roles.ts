import type { Installation } from '../../mocks/connector/identity.js';
import type { Trust } from '../../mocks/pki/trust.js';
import type { Account, Operation, ResultName, WindowsService } from '../../model/evidence/vocabulary.js';
import type { Tried } from '../../model/scenario/verbs.js';
import type { AdministratorAction } from '../../model/site/administration.js';
import type { MatchName } from '../../model/site/match/index.js';
import type { AccessTarget } from '../../model/site/private-access.js';
import type { Server, Site } from '../../model/site/schema.js';
import type { Captured } from './capture.js';
import type { GatewaySettings } from './devices/gateway-device.js';
import type { Dialer } from './dialer.js';
import type { NameAddresses } from './public-names.js';
import type { WireRoot } from './wire-root.js';

/** Where a container stands in the lab. */
export interface Place {
  /** What it has on each network of the lab; interfaces are called as their networks. */
  interfaces: { name: LabNetwork; addresses: string[]; onLink: string[] }[];
  /** Next hop for everything else. */
  gateway?: string;
  /** Ranges of which every address is this machine's. */
  local?: string[];
  /** Packets to any other address arrive here too: somebody is there, and nobody listens. */
  answersForAll?: boolean;
}

/** What a machine has of IPv6 on the site's network, in labs whose site speaks of it. */
export interface Ipv6Place {
  address: string;
  /** Where it leads; `via`: through whom, absent: its neighbours are there. */
  route: { to: string; via?: string };
}

/** The site's side of the gateway, and the internet's. */
export type LabNetwork = 'inside' | 'outside';

/** A machine's end of a wire: `pid` of its first process, as the engine's host counts them. */
export interface Plug {
  machine: string;
  pid: number;
  network: LabNetwork;
}

/** What joins the machines of a lab, and is none of them. */
export interface SwitchRole {
  /** Gives machines an interface on a network, called as that. */
  plug(plugs: readonly Plug[]): Promise<void>;
  /** Goes on when the harness is gone. */
  keep(): Promise<void>;
}

/** What every role can do. */
export interface Role {
  place(place: Place): Promise<void>;
  /** Gives it an address and a route of IPv6, where the engine has just switched that on for it. */
  placeIpv6(place: Ipv6Place): Promise<void>;
  /** Sets the lab's clock; returns when the next job is due, milliseconds since 1970. */
  time(now: number): Promise<number | null>;
  /** Runs the job that is due next, to its end. */
  runDue(): Promise<void>;
  /** Cuts every open connection. */
  cut(): Promise<void>;
  /** Ends when everything that was seen until now has been told. */
  settle(): Promise<void>;
  /** No device did it that a connection failed: whoever opened it hears what the kernel said. */
  conclude(connection: string): Promise<void>;
  /** Writes down every packet from now on. */
  startCapture(): Promise<void>;
  /** Ends the capture; returns packets (pcap) and TLS keys (NSS key log), both in base64. */
  endCapture(): Promise<Captured>;
  /** Goes on when the harness is gone. */
  keep(): Promise<void>;
  /**
   * Ends everything that belongs to the present lab and looks for what is left: rules, states,
   * connections, processes, files. Returns it in words; nothing, where the machine is as new.
   */
  reset(): Promise<string[]>;
}

export interface ServerSettings {
  server: Server;
  site: Site;
  startAt: number;
  roots: WireRoot[];
  /** Authorities that its administrator has made trusted: an inspecting one, the customer's own. */
  addedRoots: WireRoot[];
  /** The host firewall, as nft reads it. */
  firewall: string;
  /** Sets of the host firewall that are filled from the resolver's answers. */
  learn: { set: string; destination: string; match: MatchName }[];
  address: string;
  /** The resolver that it asks. */
  resolver: string;
  /** Its hosts file, as far as the lab judges the lines: host and address. */
  hosts: [host: string, address: string][];
  /** Addresses that are reached without the gateway. */
  onLink: string[];
}

export interface ServerRole extends Role, Dialer {
  /** Runs its own applications; returns the authority of their certificates, where one speaks TLS. */
  serve(site: Site, server: string, startAt: number): Promise<WireRoot | null>;
  open(settings: ServerSettings): Promise<void>;
  change(settings: ServerSettings): Promise<void>;
  perform(operation: Operation): Promise<void>;
  /** What it has on disk, and the same put there from elsewhere. */
  installation(): Promise<Installation>;
  take(installation: Installation): Promise<void>;
  service(service: WindowsService, to: 'start' | 'stop'): Promise<void>;
  idle(): Promise<void>;
  connect(account: Account, host: string, port: number): Promise<Tried>;
  resolve(account: Account, name: string): Promise<void>;
  end(connection: string, result: ResultName, words: string): Promise<void>;
  endQueries(name: string): Promise<void>;
}

/** Whom a lab's machines trust, and what programs outside need to trust its servers. */
export interface CloudTrust {
  roots: WireRoot[];
  outside: Trust;
}

export interface CloudRole extends Role {
  open(site: Site, startAt: number, dns: NameAddresses): Promise<CloudTrust>;
  change(site: Site): Promise<void>;
  viewPortal(connector: string): Promise<void>;
  /** A connection to the cloud falls silent. */
  end(connection: string, words: string): Promise<void>;
}

export interface GatewayRole extends Role {
  /** Returns the inspecting authority's certificate, where there is one. */
  configure(settings: GatewaySettings): Promise<WireRoot | null>;
  /** Which of the things that not every kernel has are here. */
  features(): Promise<Record<KernelFeature, boolean>>;
}

/** `delay`: interfaces of a program's own · `loss`: random numbers in rules · `rate`: token buckets · `trace`: rules tell what they do. */
export type KernelFeature = 'delay' | 'loss' | 'rate' | 'count' | 'trace';

export interface ApplicationsRole extends Role {
  /** Returns the authority of the applications' certificates, where one speaks TLS. */
  configure(
    site: Site,
    addresses: [host: string, address: string][],
    startAt: number,
  ): Promise<WireRoot | null>;
}

export interface UsersRole extends Role, Dialer {
  open(site: Site, startAt: number, roots: WireRoot[], address: string, resolver: string): Promise<void>;
  change(site: Site): Promise<void>;
  visit(url: string, user?: string): Promise<void>;
  access(target: AccessTarget): Promise<void>;
  administer(what: AdministratorAction, user?: string): Promise<void>;
  /** Somebody outside connects to a server; what comes of it is for the gateway to tell. */
  probe(from: string, address: string, port: number): Promise<{ connection: string; refused: boolean }>;
  end(connection: string, result: ResultName, words: string): Promise<void>;
}

export interface GuestRole extends Role {
  /** `onLink`: addresses that are reached without the gateway, as from a server. */
  reach(onLink: readonly string[]): Promise<void>;
}

export interface ProxyMachineSettings {
  /** squid's configuration. */
  configuration: string;
  address: string;
  port: number;
  /** Rules of the machine's firewall beside its own, as nft reads them. */
  firewall?: string;
  /** The authority by which it forges certificates, where it reads what is said in tunnels. */
  authority?: { name: string; startAt: number };
}

export interface ProxyRole extends Role {
  /** Starts squid anew; null: the site has no proxy. Returns its authority's certificate, where it inspects. */
  configure(settings: ProxyMachineSettings | null): Promise<WireRoot | null>;
  /** Ends a connection that squid is trying to make. */
  endAttempt(connection: string): Promise<void>;
}
