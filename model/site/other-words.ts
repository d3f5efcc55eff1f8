import { nearest } from '../requirements/nearest.js';

/**
 * What products and people call things that a site file has by another name. A word stands for the first of its
 * names that is known in the place where it was found, so that `deny` is `drop` of a firewall's `default`.
 */

type Names = Readonly<Record<string, readonly string[]>>;

/** The same names for several words. */
function all(words: string, ...names: string[]): Names {
  return Object.fromEntries(words.split(' ').map((word) => [word, names]));
}

const keys: Names = {
  ...all('dns nameserver nameservers name-server dns-server dns-servers', 'resolver'),
  ...all('groups', 'connector-groups'),
  ...all('apps published-apps published-applications', 'applications'),
  ...all('tls-inspection ssl-inspection ssl-decryption decryption ssl-bump mitm', 'inspection'),
  ...all('edge edge-firewall fw', 'firewall'),
  ...all('firewall local-firewall windows-firewall', 'host-firewall'),
  ...all('connectors machines hosts nodes', 'servers'),
  ...all('latency delay rtt ping', 'round-trip'),
  ...all('bandwidth speed throughput', 'rate'),
  ...all('timeout idle session-timeout tcp-timeout', 'idle-timeout'),
  ...all('packet-size max-packet', 'mtu'),
  ...all(
    'exclude excludes excluded exclusions exempt exempted exemptions exceptions skip',
    'except',
    'bypass',
  ),
  ...all('bypass-list bypasslist proxy-bypass no-proxy direct', 'bypass'),
  ...all('bypass', 'except'),
  ...all('include includes inspect', 'only'),
  ...all('ca issuer root', 'authority'),
  ...all('trusted', 'trusted-by-server'),
  ...all('auth', 'authentication'),
  ...all('url script code content pac-file', 'file', 'address'),
  ...all('host server', 'address', 'name'),
  ...all('stacks', 'used-by'),
  ...all('user users identity user-account service-account', 'account', 'services'),
  ...all('accounts service-accounts', 'services'),
  ...all('os operating-system', 'windows'),
  ...all('net .net framework dotnet-version', 'dotnet'),
  ...all('clock skew time clock-offset time-offset time-skew', 'clock-skew'),
  ...all('crl ocsp revocation-check', 'revocation'),
  ...all('suffixes dns-suffix dns-suffixes search-list search-suffixes', 'search'),
  ...all('hosts-file', 'hosts'),
  ...all('proxy proxies', 'proxy-settings'),
  ...all('tls-version ssl', 'tls'),
  ...all('plan sku subscription', 'licence'),
  ...all('external-url public-url', 'external'),
  ...all('internal-url backend backend-url', 'internal'),
  ...all('type error result', 'answer'),
  ...all('destination target fqdn', 'to'),
};

const values: Names = {
  ...all('deny block discard silent', 'drop', 'deny'),
  ...all('drop', 'deny'),
  ...all('accept permit open pass', 'allow'),
  ...all('refuse', 'reject', 'deny'),
  ...all('rst tcp-reset', 'reset'),
  ...all('system localsystem local-system nt-authority\\system', 'local-system'),
  ...all(
    'networkservice nt-authority\\networkservice nt-authority\\network-service network-service',
    'network-service',
  ),
  ...all('admin administrators', 'administrator'),
  ...all('kerberos spnego integrated', 'negotiate'),
  ...all('p1 premium azure-ad-premium-p1 entra-id-p1 entra-p1 aad-p1', 'premium-p1'),
  ...all('p2 azure-ad-premium-p2 entra-id-p2 entra-p2 aad-p2', 'premium-p2'),
  ...all('servfail refused nodata no-data empty', 'nxdomain'),
  ...all('no-answer hang hangs', 'timeout'),
  ...all('sinkhole blocked redirect wrong address', 'wrong-address'),
  ...all('wapcsvc service', 'connector'),
  ...all('wapcupdatersvc', 'updater'),
  ...all(
    'government usgov gov gcc-high azureusgovernment usgovernment',
    'us-government',
    'AzureUSGovernment',
  ),
  ...all('azurecloud azurepubliccloud commercial', 'public', 'AzureCloud'),
  ...all('europe eu', 'eur'),
  ...all('us usa north-america', 'nam'),
  ...all('australia', 'aus'),
  ...all('india', 'ind'),
  ...all('old outdated', 'stale'),
};

/** Words as tables have them: in small letters, with hyphens between. */
function plain(word: string): string {
  return word
    .trim()
    .replace(/([a-z])([A-Z])/g, '$1-$2')
    .toLowerCase()
    .replace(/[\s_]+/g, '-');
}

function meantBy(names: Names, word: string, known: readonly string[]): string | undefined {
  const forms = [plain(word), word.trim().toLowerCase()];
  const found = forms.flatMap((form) => (Object.hasOwn(names, form) ? (names[form] ?? []) : []));
  return found.find((name) => known.includes(name));
}

/** The key of a place that is meant by one that is not known there. */
export function meantKey(key: string, known: readonly string[]): string | undefined {
  return meantBy(keys, key, known) ?? nearest(key, known);
}

/** The word of a list that is meant by another value. */
export function meantValue(value: unknown, known: readonly string[]): string | undefined {
  if (typeof value !== 'string' && typeof value !== 'number') return undefined;
  const word = String(value);
  return meantBy(values, word, known) ?? ofTheYear(word, known) ?? nearest(word, known);
}

/** `Windows Server 2012 R2` → `server-2012-r2`. */
function ofTheYear(word: string, known: readonly string[]): string | undefined {
  const [, year, r2] = /^(?:windows )?(?:server )?(20\d\d)( ?r2)?\b/i.exec(word.trim()) ?? [];
  return known.find((name) => name === `server-${year}${r2 ? '-r2' : ''}`);
}
