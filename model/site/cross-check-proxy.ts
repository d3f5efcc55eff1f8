import { type ProxyPlace, pacAnswer, waysIn } from '../pac/pac-answer.js';
import { PacError } from '../pac/pac-error.js';
import { hostsAskedOf } from '../requirements/documented-hosts.js';
import { serverAddress } from './address-plan.js';
import { isAddress, isLoopback } from './address-range.js';
import { edgeFirewalls, readsNames } from './edge-firewalls.js';
import type { Placed } from './placed.js';
import { proxiesOf } from './proxies.js';
import { schemesOf } from './proxy-schema.js';
import type { ProxySetting, Site } from './schema.js';

/** How stacks find their proxy: PAC files that answer, and settings that name what the site has. */
export function crossCheckProxy(site: Site): Placed[] {
  return [
    ...inspectingProxy(site),
    ...ownParent(site),
    ...questions(site),
    ...twoSettings(site),
    ...wpadStates(site),
    ...missingParts(site),
    ...brokenFiles(site),
  ];
}

/** What inspection at a proxy needs, and what of it a proxy does otherwise. */
function inspectingProxy({ inspection, proxy }: Site): Placed[] {
  if (inspection?.at !== 'proxy') return [];
  const at = (key: string, message: string): Placed => ({ path: ['inspection', key], message });
  return [
    ...(proxy ? [] : [at('at', 'the site has no proxy; write it, or inspect at the edge')]),
    ...(inspection.product === 'node' ? [] : [at('product', 'the proxy inspects by itself; leave it out')]),
    ...(inspection['block-page'].length === 0
      ? []
      : [at('block-page', 'a proxy refuses by its own rules: proxy.rules, and refuses-with: page')]),
  ];
}

/** A proxy that is its own parent would ask itself for ever. */
function ownParent(site: Site): Placed[] {
  const [proxy, parent] = proxiesOf(site);
  if (!proxy || parent?.address !== proxy.address) return [];
  const message = `is the proxy itself (${proxy.address}); its parent is another machine`;
  return [{ path: ['proxy', 'parent', 'address'], message }];
}

/** Whoever is to ask needs to know how. */
function questions(site: Site): Placed[] {
  return proxiesOf(site).flatMap(({ machine, settings }) => {
    const at = settings.rules.findIndex(({ ask }) => ask !== undefined);
    if (at < 0 || schemesOf(settings).length > 0) return [];
    const message = 'is none, and a rule asks who is there; say how: basic, ntlm, negotiate';
    const proxy = machine === 'proxy' ? ['proxy'] : ['proxy', 'parent'];
    return [{ path: [...proxy, 'authentication'], message }];
  });
}

function twoSettings({ proxy, pac, wpad }: Site): Placed[] {
  const all = [
    ['proxy', proxy?.['used-by'] ?? []],
    ['pac', pac?.['used-by'] ?? []],
    ['wpad', wpad?.['used-by'] ?? []],
  ] as const;
  return all.flatMap(([part, stacks], at) =>
    stacks.flatMap((stack) => {
      const [other] = all.slice(0, at).find(([, earlier]) => earlier.some((one) => one === stack)) ?? [];
      const message = `the ${stack} stack is told of ${other} as well; leave it out of one of them`;
      return other ? [{ path: [part, 'used-by'], message }] : [];
    }),
  );
}

function wpadStates({ wpad }: Site): Placed[] {
  if (wpad?.file === undefined || wpad.state === undefined) return [];
  const message = `a host that is ${wpad.state} gives no file; leave out one of the two`;
  return [{ path: ['wpad', 'state'], message }];
}

function missingParts(site: Site): Placed[] {
  return site.servers.flatMap((server, at) =>
    Object.entries(server['proxy-settings']).flatMap(([stack, setting]) => {
      const part = partOf(setting);
      if (part === undefined || site[part]) return [];
      const message = `the site has no ${part}; write it, or set the stack to direct`;
      return [{ path: ['servers', at, 'proxy-settings', stack], message }];
    }),
  );
}

function partOf(setting: ProxySetting): 'proxy' | 'pac' | 'wpad' | undefined {
  if (typeof setting === 'object') return 'bypass' in setting ? 'proxy' : undefined;
  return setting === 'direct' ? undefined : setting;
}

function brokenFiles(site: Site): Placed[] {
  const files: { path: readonly PropertyKey[]; text: string }[] = [
    ...(site.pac ? [{ path: ['pac', 'file'], text: site.pac.file }] : []),
    ...(site.wpad?.file !== undefined ? [{ path: ['wpad', 'file'], text: site.wpad.file }] : []),
    ...site.servers.flatMap((server, at) =>
      Object.entries(server['proxy-settings']).flatMap(([stack, setting]) =>
        typeof setting === 'object' && 'pac' in setting
          ? [{ path: ['servers', at, 'proxy-settings', stack, 'pac'], text: setting.pac }]
          : [],
      ),
    ),
  ];
  return files.flatMap(({ path, text }) => {
    const message = whyBroken(site, text);
    return message === undefined ? [] : [{ path, message }];
  });
}

/** What keeps a file from answering for the hosts that a connector asks, or a lab from doing so; undefined: nothing. */
function whyBroken(site: Site, text: string): string | undefined {
  const name = text.trim();
  if (/^[\w.:/\\-]{1,260}$/.test(name) && /[./\\]/.test(name))
    return `"${name}" is the name of a file, and the file itself belongs here, below "|"; connector-lab import FILE --into SITE puts it there`;
  for (const { example, port } of hostsAskedOf(site)) {
    const host = example.replace('<tenant>', 'contoso');
    try {
      const answer = pacAnswer(text, { host, port, address: serverAddress(0) }, () => null);
      const why = waysIn(answer).flatMap((way) => (way === 'direct' ? [] : untold(way, site)))[0];
      if (why !== undefined) return `${why}, asked about ${host}`;
    } catch (error) {
      if (!(error instanceof PacError)) throw error;
      return `${error.message}, asked about ${host}`;
    }
  }
  return undefined;
}

/** A proxy outside behind a device that answers TCP before it knows what becomes of it: nobody sees it dead. */
function untold({ host, port }: ProxyPlace, site: Site): string[] {
  const isOfSite = site.proxy?.address === `${host}:${port}`;
  if (isOfSite || !isAddress(host) || isLoopback(host)) return [];
  const before = edgeFirewalls(site).some(readsNames)
    ? 'a firewall that learns names from the ClientHello'
    : port === 443 && (site['syn-proxy'] || site.inspection)
      ? 'a device that answers TCP on port 443 itself'
      : undefined;
  return before ? [`the lab cannot tell what becomes of the proxy ${host}:${port} behind ${before}`] : [];
}
