import { type ProxyPlace, pacAnswer, type WayOut, waysIn } from '../pac/pac-answer.js';
import { bypassing } from '../policy/bypass.js';
import { hostsLine } from '../policy/hosts-file.js';
import { resolverAskedBy } from '../policy/own-resolver.js';
import { faultFor } from '../policy/resolver.js';
import { isAddress } from '../site/address-range.js';
import { type SiteAddresses, siteAddresses } from '../site/addresses.js';
import { proxySettingOf } from '../site/proxy-settings.js';
import { isOwnMachine } from '../site/runs-on.js';
import type { ProxySetting, Site } from '../site/schema.js';
import type { WantedFlow } from './flow.js';
import { Names } from './names.js';
import type { Internet } from './public-host.js';

/** Who wants to connect where. */
export type Seeking = Pick<WantedFlow, 'server' | 'stack' | 'host' | 'port' | 'direct'>;

/** The ways out that a stack has for a connection: it takes the first whose proxy it reaches. */
export interface Found {
  ways: readonly WayOut[];
  /** What said so, where that is no plain setting: a bypass list, a PAC file, automatic detection. */
  said?: { rule: string; explanation: string };
  /** What it waited for in vain before it knew, each as long as the network lets it wait. */
  awaited: readonly ('connection' | 'name')[];
}

/** A rule is one line of evidence, however much a file answers. Characters. */
const longestRule = 120;

/**
 * How network stacks find their proxy: the one place that says which way a connection goes, for the oracle
 * and for both engines.
 */
export class ProxyFinder {
  readonly #addresses: SiteAddresses;
  readonly #names: Names;

  /** `internet`: what public names there are; called only where a PAC file asks. */
  constructor(
    private readonly site: Site,
    private readonly internet: () => Internet,
  ) {
    this.#addresses = siteAddresses(site);
    this.#names = new Names(site, this.#addresses);
  }

  /** @throws PacError, Error for a server that the site does not have */
  find(seeking: Seeking): Found {
    const server = this.site.servers.find(({ name }) => name === seeking.server);
    if (!server) throw new Error(`the site has no server called ${seeking.server}`);
    if (seeking.direct) return { ways: ['direct'], awaited: [] };
    return this.#by(proxySettingOf(this.site, server, seeking.stack), seeking);
  }

  #by(setting: ProxySetting, seeking: Seeking): Found {
    const { proxy, pac } = this.site;
    if (typeof setting === 'object')
      return 'bypass' in setting
        ? this.#explicit(setting.bypass, seeking)
        : this.#file(setting.pac, 'pac', 'the PAC file', seeking);
    switch (setting) {
      case 'direct':
        return { ways: ['direct'], awaited: [] };
      case 'proxy':
        return this.#explicit(proxy?.bypass ?? [], seeking);
      case 'pac':
        return this.#file(pac?.file ?? '', 'pac', 'the PAC file', seeking);
      case 'wpad':
        return this.#detected(seeking);
    }
  }

  #explicit(bypass: readonly string[], { host, stack }: Seeking): Found {
    const { proxy } = this.site;
    if (isOwnMachine(host)) {
      // What .NET's WebProxy.IsBypassed says of loopback, whatever the list.
      const explanation = `${host} is the server itself: no proxy is asked for it`;
      return { ways: ['direct'], said: { rule: 'bypass loopback', explanation }, awaited: [] };
    }
    const entry = bypassing(bypass, host);
    if (entry !== undefined) {
      const explanation = `the bypass list of the ${stack} stack sends ${host} direct ("${entry}")`;
      return { ways: ['direct'], said: { rule: `bypass ${entry}`, explanation }, awaited: [] };
    }
    return { ways: [proxy ? placeOf(proxy.address) : 'direct'], awaited: [] };
  }

  /** Where the host cannot be reached or has no file, connections go direct, as if there were no proxy. */
  #detected(seeking: Seeking): Found {
    const { wpad, tenant, servers } = this.site;
    const name = `wpad.${tenant.domain}`;
    const { settings, knowsSite } = resolverAskedBy(seeking.server, this.site);
    const known = wpad?.state ?? (wpad?.file === undefined ? 'absent' : undefined);
    const state = knowsSite ? known : 'absent';
    const server = servers.find((one) => one.name === seeking.server);
    const line = server && hostsLine(server, name);
    const fault = line ? { answer: 'wrong-address', rule: line.rule } : faultFor(settings, name);
    const instead = (rule: string, why: string, awaited: Found['awaited'] = []): Found => {
      const explanation = `${why}, and the ${seeking.stack} stack goes direct`;
      return { ways: ['direct'], said: { rule: `wpad ${rule}`, explanation }, awaited };
    };
    if (fault?.answer === 'timeout')
      return instead(fault.rule, `the resolver does not answer for ${name}`, ['name']);
    if (state === 'absent' || fault?.answer === 'nxdomain' || fault?.answer === 'no-chain')
      return instead('absent', `there is no ${name}`);
    if (state === 'hangs' || fault?.answer === 'wrong-address')
      return instead('hangs', `${name} does not answer`, ['connection']);
    if (state === 'not-found') return instead('not-found', `${name} has no PAC file`);
    return this.#file(wpad?.file ?? '', 'wpad', `the PAC file of ${name}`, seeking);
  }

  #file(text: string, rule: string, whose: string, { server, host, port }: Seeking): Found {
    const silent = new Set<string>();
    const address = this.#addresses.servers.get(server) ?? '';
    const answer = pacAnswer(text, { host, port, address }, (name) =>
      this.#addressOf(server, name, silent),
    ).trim();
    const ways = waysIn(answer);
    const words = ways.map((way) => (way === 'direct' ? 'direct' : `to ${way.host}:${way.port}`));
    const explanation = `${whose} sends ${host} ${words.join(', then ')}`;
    const line = answer.replaceAll(/\s+/g, ' ');
    const short = line.length > longestRule ? `${line.slice(0, longestRule)}…` : line;
    return {
      ways,
      said: { rule: `${rule} ${short}`.trim(), explanation },
      awaited: [...silent].map(() => 'name' as const),
    };
  }

  /** `silent`: gets the names for which the resolver does not answer. */
  #addressOf(server: string, name: string, silent: Set<string>): string | null {
    if (isAddress(name)) return name;
    const { outcome, addresses } = this.#names.ask(server, name, this.internet());
    if (outcome === 'dns-timeout') silent.add(name);
    return outcome === 'ok' || outcome === 'dns-wrong-answer' ? (addresses[0] ?? null) : null;
  }
}

function placeOf(address: string): ProxyPlace {
  const [host = '', port = ''] = address.split(':');
  return { host, port: Number(port) };
}
