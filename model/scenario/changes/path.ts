import {
  inspectionSchema,
  linkSchema,
  proxySchema,
  type Resolver,
  type Site,
  type SiteInput,
} from '../../site/schema.js';
import type { Change } from '../change.js';
import type { RuleOf } from '../device-rules.js';

/** TLS inspection on the path. */
export function inspectTls(options: NonNullable<SiteInput['inspection']> = {}): Change {
  const inspection = inspectionSchema.parse(options);
  const trust = inspection['trusted-by-server'] ? 'trusted by the server' : 'unknown to the server';
  return {
    describe: `inspector: inspects TLS as "${inspection.authority}", ${trust}`,
    apply: (site) => ({ ...site, inspection }),
    exercised: [
      { kind: 'decision', device: 'inspector', action: 'inspect' },
      { kind: 'decision', device: 'inspector', action: 'bypass' },
    ],
  };
}

/** A firewall at the edge answers TCP itself, and resets what goes to these hosts after the ClientHello. */
export function synProxy(...resets: string[]): Change {
  return {
    describe: `syn-proxy: answers TCP itself, resets ${resets.join(', ')} after the ClientHello`,
    apply: (site) => ({ ...site, 'syn-proxy': { resets } }),
    exercised: [{ kind: 'decision', device: 'syn-proxy', action: 'reset' }],
  };
}

/** The site's resolver answers wrongly, or not, for a name (`*.x` with all below it). */
export function resolverFault(
  name: string,
  answer: Resolver['faults'][number]['answer'],
  address?: string,
): Change {
  const fault = { name, answer, ...(address && { address }) };
  return {
    describe: `resolver: ${answer} ${name}`,
    apply: (site) => ({ ...site, resolver: { ...site.resolver, faults: [fault, ...site.resolver.faults] } }),
    exercised: [{ kind: 'dns', device: 'resolver', rule: `${answer} ${name}` }],
  };
}

/** The site's resolver has a zone of its own for a domain: its names hide the public ones (split DNS). */
export function internalZone(domain: string, range = '198.18.130.0/24'): Change {
  return {
    describe: `resolver: internal zone ${domain}`,
    apply: (site) => ({
      ...site,
      resolver: { ...site.resolver, zones: { ...site.resolver.zones, [domain]: range } },
    }),
    exercised: [{ kind: 'dns', device: 'resolver', rule: `zone ${domain}` }],
  };
}

/** The explicit proxy is another one than before. */
export function proxySettings(
  describe: string,
  settings: NonNullable<SiteInput['proxy']>,
  rule?: RuleOf<'proxy'>,
): Change {
  const proxy = proxySchema.parse(settings);
  return {
    describe: `proxy: ${describe}`,
    apply: (site) => ({ ...site, proxy }),
    exercised: [{ kind: 'decision', device: proxy.parent ? 'parent-proxy' : 'proxy', ...(rule && { rule }) }],
  };
}

/** Connections without traffic for so long (`3m`) are forgotten on the way. */
export function idleTimeout(text: string): Change {
  const timeout = linkSchema.parse({ 'idle-timeout': text })['idle-timeout'];
  return {
    describe: `link: idle connections are forgotten after ${text}`,
    apply: (site) => ({ ...site, link: { ...site.link, 'idle-timeout': timeout } }),
    exercised: [{ kind: 'decision', device: 'link', action: 'expire' }],
  };
}

/** Address translation has so many ports for the connections to one place at once. */
export function natPorts(ports: number): Change {
  return {
    describe: `link: ${ports} NAT port${ports === 1 ? '' : 's'} for a destination`,
    apply: (site) => ({ ...site, link: { ...site.link, 'nat-ports': ports } }),
    exercised: [{ kind: 'decision', device: 'link', action: 'drop' }],
  };
}

/** The line carries no packet of more than so many bytes, and nobody is told. */
export function narrowLine(mtu: number): Change {
  return {
    describe: `link: packets of more than ${mtu} bytes vanish`,
    apply: (site) => ({ ...site, link: { ...site.link, mtu } }),
    exercised: [{ kind: 'decision', device: 'link', action: 'drop', rule: `mtu ${mtu}` }],
  };
}

/** Any other difference of the site, with the evidence that shows it was met. */
export function siteChange(
  describe: string,
  apply: (site: Site) => Site,
  exercised: Change['exercised'],
): Change {
  return { describe, apply, exercised };
}
