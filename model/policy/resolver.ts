import ipaddr from 'ipaddr.js';
import { entryName, faultEntry } from '../site/host-entry.js';
import { canonical } from '../site/host-name.js';
import type { Resolver } from '../site/schema.js';
import { firstCovering } from './by-hosts.js';
import { remembered } from './remembered.js';

/** In the range of labs, where no machine has it. */
const nobodysAddress = '198.18.255.1';

const domains = new WeakMap<Resolver['zones'], readonly string[]>();

type Fault = Resolver['faults'][number];

/** What a site's resolver says of a name in place of the truth. */
export interface Misanswer {
  answer: Fault['answer'];
  /** Those that it gives: one for `wrong-address`, else none. */
  addresses: string[];
  /** The setting that does it, in the words of the evidence. */
  rule: string;
}

/**
 * What the resolver makes of a name that it would have to ask others for: the first fault that is about
 * it, else an internal zone of that domain, which has no such name and shadows the public one (split DNS).
 */
export function misanswerFor(resolver: Resolver, name: string): Misanswer | undefined {
  return faultFor(resolver, name) ?? shadowFor(resolver, name);
}

/** The first fault that is about a name, whether it is an internal one or not. */
export function faultFor({ faults }: Resolver, name: string): Misanswer | undefined {
  const fault = firstCovering(faults, name, faultEntry);
  if (!fault) return undefined;
  const { answer, address = nobodysAddress } = fault;
  return { answer, addresses: answer === 'wrong-address' ? [address] : [], rule: faultName(fault) };
}

/** By which evidence calls a fault: `nxdomain *.x`. */
export function faultName(fault: Fault): string {
  return `${fault.answer} ${entryName(faultEntry(fault))}`;
}

/** The domains for which the resolver knows every name there is: its zones that have a range of addresses. */
export function internalDomains({ zones }: Resolver): readonly string[] {
  return remembered(domains, zones, () =>
    Object.entries(zones).flatMap(([zone, place]) => (ipaddr.isValidCIDR(place) ? zone : [])),
  );
}

function shadowFor(resolver: Resolver, name: string): Misanswer | undefined {
  const asked = canonical(name);
  const zone = internalDomains(resolver).find((one) => `.${asked}`.endsWith(`.${canonical(one)}`));
  return zone === undefined ? undefined : { answer: 'nxdomain', addresses: [], rule: `zone ${zone}` };
}
