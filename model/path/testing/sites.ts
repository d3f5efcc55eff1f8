import fc from 'fast-check';
import { stacks } from '../../evidence/vocabulary.js';
import { completeSite } from '../../site/complete.js';
import type { Site, SiteInput } from '../../site/schema.js';
import { someList } from '../../site/service-tags/testing.js';
import { withMeanings } from '../../site/service-tags/with-meanings.js';
import { edge, waitsForNames } from './firewalls.js';
import { ownAccount, servers } from './hosts.js';
import { faults, ownNames } from './names.js';
import { proxy } from './proxies.js';
import { hostPolicy, list } from './rules.js';
import { found, ownSetting } from './ways.js';

/**
 * By which sites are drawn: the same in every run, so that a run that fails is about the change. Another
 * number in the environment's SEED draws others.
 */
export const seed = Number(process.env.SEED ?? 777);

/** How many sites a test draws: as many as it does in every run, or the number in the environment's SITES. */
export const sitesDrawn = (usual: number): number => Number(process.env.SITES ?? usual);

const serverSettings = fc.record({
  services: fc.constantFrom({}, {}, { connector: ownAccount }),
  tls: fc.constantFrom('1.2' as const, '1.2' as const, '1.2' as const, '1.1' as const),
  revocation: fc.constantFrom('soft-fail' as const, 'hard-fail' as const, 'hard-fail' as const),
  roots: fc.constantFrom('current' as const, 'current' as const, 'current' as const, 'stale' as const),
});

/** An application that has the same name inside and outside, or two names, or runs on a connector's server. */
const published = fc
  .constantFrom<{ internal: string; 'runs-on'?: string[] }>(
    { internal: 'http://intranet.contoso.test/' },
    { internal: 'https://intranet-contoso.msappproxy.net/' },
    { internal: 'http://app-proxy-01:8080/' },
    { internal: 'https://localhost/' },
    { internal: 'http://intranet.contoso.test/', 'runs-on': ['app-proxy-01'] },
  )
  .map((where) => [{ name: 'Intranet', external: 'https://intranet-contoso.msappproxy.net/', ...where }]);

/** What would stop most flows, so that others are seldom met, is in every second site. */
const inHalf = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined, freq: 2 });

/** Sites with several mistakes at once, and some without any. */
export const anySite: fc.Arbitrary<Site> = fc
  .record(
    {
      edge,
      hosts: inHalf(fc.tuple(hostPolicy, hostPolicy)),
      proxy: inHalf(proxy),
      found,
      inspection: fc.record(
        {
          except: list,
          only: list,
          'trusted-by-server': fc.constantFrom(true, true, false),
          'revocation-info': fc.constantFrom(true, false, false),
          'block-page': list,
          at: fc.constantFrom('edge' as const, 'proxy' as const),
        },
        { requiredKeys: ['at', 'except', 'trusted-by-server', 'revocation-info', 'block-page'] },
      ),
      settings: fc.tuple(serverSettings, serverSettings),
      faults,
      own: ownNames,
      'syn-proxy': fc.record({ resets: list }),
      isListed: fc.boolean(),
      published,
      link: fc.constantFrom(
        { ipv6: 'silent' },
        { ipv6: 'refused' },
        { mtu: 1400 },
        { 'nat-ports': 64 },
        { 'nat-ports': 400 },
        { 'nat-ports': 5000 },
      ),
    },
    { requiredKeys: [] },
  )
  .map((drawn) => {
    const { edge, hosts, settings, proxy, found, inspection, link, 'syn-proxy': synProxy } = drawn;
    const { faults: faultsOf, own: names } = drawn;
    const toldOf = (word: string) => stacks.filter((stack) => found?.told[stack] === word);
    // A firewall that answers TCP itself keeps from everybody that a proxy behind it is dead.
    const isUntold = waitsForNames(edge);
    const tellable = (file: string) =>
      isUntold ? file.replaceAll('203.0.113.9:3128', 'old-proxy.contoso.test:8080') : file;
    const own = found?.own && ownSetting(found.own.setting, proxy !== undefined, tellable);
    const input: SiteInput = {
      site: 'Drawn at random',
      servers: servers.map((name, index) => ({
        name,
        ...settings?.[index],
        ...(index === 0 &&
          names &&
          (isUntold && !proxy ? { ...names, hosts: withoutProxy(names.hosts) } : names)),
        ...(hosts && { 'host-firewall': hosts[index] }),
        ...(own && index === 0 && { 'proxy-settings': { [found.own?.stack ?? 'service']: own } }),
      })),
      ...edge,
      ...(proxy && {
        proxy: {
          ...{ address: 'proxy.contoso.test:8080', ...proxy },
          ...(found && { 'used-by': toldOf('proxy'), bypass: found.bypass ?? [] }),
        },
      }),
      ...(found && {
        pac: { file: tellable(found.pac), 'used-by': toldOf('pac') },
        wpad: {
          ...found.wpad,
          ...('file' in found.wpad && { file: tellable(found.wpad.file) }),
          'used-by': toldOf('wpad'),
        },
      }),
      ...(inspection && { inspection: inspectionIn(inspection, proxy) }),
      ...(link && { link }),
      ...(drawn.published && { applications: drawn.published }),
      ...(faultsOf && { resolver: { faults: faultsOf } }),
      ...(synProxy && synProxy.resets.length > 0 && !isUntold && { 'syn-proxy': synProxy }),
    };
    const site = completeSite(input);
    return drawn.isListed ? withMeanings(site, [someList]) : site;
  });

/** Without the lines that lead to where a proxy would be. */
function withoutProxy(hosts: Record<string, string> = {}): Record<string, string> {
  return Object.fromEntries(Object.entries(hosts).filter(([name]) => !name.startsWith('proxy.')));
}

type Drawn = NonNullable<SiteInput['inspection']>;

/** A proxy inspects where there is one; it refuses by lists of its own. */
function inspectionIn(drawn: Drawn, proxy: object | undefined): Drawn {
  return drawn.at === 'proxy' && proxy ? { ...drawn, 'block-page': [] } : { ...drawn, at: 'edge' };
}
