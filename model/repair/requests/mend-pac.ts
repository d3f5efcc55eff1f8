import { proxySettingOf } from '../../site/proxy-settings.js';
import type { ProxySetting, Site } from '../../site/schema.js';
import type { FlowKind, Target } from '../request.js';
import { list } from './rules.js';
import { everything, isClosed, toldOf, wouldComeThrough } from './ways-out.js';

/** A PAC file sends hosts a way that is closed or dead, and another way is open. */
export const mendPac: FlowKind = {
  kind: 'mend-pac',
  of(stop, site, internet) {
    const told = toldOf(stop.way, site, internet);
    if (!told?.said || !/^(pac|wpad) /.test(told.said.rule) || !hasFile(told.setting, site)) return undefined;
    // What stands before the site's own proxy is for others to open.
    if (isOfSite(told.way, site)) return undefined;
    const isDead = stop.hop.result === 'proxy-unreachable';
    if (!isDead && !isClosed(stop)) return undefined;
    // Nothing else can be done about a proxy that is not there.
    const isOpen = site.proxy !== undefined && wouldComeThrough(stop.way.flow, everything, site, internet);
    if (!isOpen && !isDead) return undefined;
    // One file serves many: what suits one of them is not asked for where it would close the way of another.
    const to = site.proxy ? `PROXY ${site.proxy.address}` : 'DIRECT';
    return {
      ...{ device: 'server', setting: to, requirements: ['hidden/proxy-for-every-stack'] },
      reasons: [told.said.explanation, stop.hop.explanation],
    };
  },
  grant({ setting = 'DIRECT', servers, stacks, targets }, site) {
    const amend = (text: string) => amended(text, targets, setting);
    const isUsed = (part: 'pac' | 'wpad') =>
      site.servers.some(
        (server) =>
          servers.includes(server.name) &&
          stacks.some((stack) => proxySettingOf(site, server, stack) === part),
      );
    return {
      ...site,
      ...(site.pac && isUsed('pac') && { pac: { ...site.pac, file: amend(site.pac.file) } }),
      ...(site.wpad?.file !== undefined &&
        isUsed('wpad') && { wpad: { ...site.wpad, file: amend(site.wpad.file) } }),
      servers: site.servers.map((server) => {
        if (!servers.includes(server.name)) return server;
        const settings = { ...server['proxy-settings'] };
        for (const stack of stacks) {
          const own = settings[stack];
          if (typeof own === 'object' && 'pac' in own) settings[stack] = { pac: amend(own.pac) };
        }
        return { ...server, 'proxy-settings': settings };
      }),
    };
  },
  words: ({ setting = 'DIRECT', targets }) => {
    const to = setting === 'DIRECT' ? 'direct' : `to ${setting.replace('PROXY ', '')}`;
    return `Let the PAC file send ${list(targets)} ${to}.`;
  },
};

function hasFile(setting: ProxySetting, site: Site): boolean {
  if (typeof setting === 'object') return 'pac' in setting;
  return setting === 'pac' || (setting === 'wpad' && site.wpad?.file !== undefined);
}

function isOfSite(way: 'direct' | { host: string; port: number }, { proxy }: Site): boolean {
  return way !== 'direct' && proxy?.address === `${way.host}:${way.port}`;
}

/** The file with a few lines more, as its author could write them. */
function amended(text: string, targets: readonly Target[], to: string): string {
  const about = targets.map(({ host, port }) => {
    const isHost = host.startsWith('*.')
      ? `dnsDomainIs(host, ${JSON.stringify(host.slice(1))})`
      : `host === ${JSON.stringify(host)}`;
    return `(${isHost} && url.indexOf(${port === 80 ? '"http:"' : '"https:"'}) === 0)`;
  });
  return `${text}
FindProxyForURL = (function (earlier) {
  return function (url, host) {
    if (${about.join(' ||\n      ')})
      return ${JSON.stringify(to)};
    return earlier(url, host);
  };
})(FindProxyForURL);
`;
}
