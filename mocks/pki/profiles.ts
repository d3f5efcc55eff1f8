import type { Environment } from '../../model/requirements/documented-host.js';

/**
 * Which intermediate signs for which host, and where it publishes revocation. In reality one
 * certificate names several of the documented hosts; here each intermediate names one, so that
 * each documented row can be proved alone.
 */
export interface IssuerProfile {
  id: string;
  name: string;
  /** Host of its revocation list, or of its responder. */
  crlHost?: string;
  ocspHost?: string;
  /** Its certificates name www.microsoft.com/pkiops for the issuer's certificate (AIA). */
  pkiops?: boolean;
  /** Where its own certificate is published, where that is not with the others'. */
  issuerHost?: string;
  /** Hosts it signs for. */
  signs: RegExp;
}

const servicebus = '\\.servicebus\\.(windows\\.net|usgovcloudapi\\.net)$';

const publicProfiles: readonly IssuerProfile[] = [
  {
    id: 'bootstrap',
    name: 'Lab Public TLS CA 2',
    crlHost: 'crl4.digicert.com',
    signs: /\.bootstrap\.msappproxy\.(net|us)$/,
  },
  {
    id: 'data',
    name: 'Lab Public TLS CA 3',
    ocspHost: 'ocsp.digicert.com',
    signs: /\.connector\.msappproxy\.(net|us)$/,
  },
  {
    id: 'gateways',
    name: 'Lab Azure TLS CA 02',
    crlHost: 'crl.microsoft.com',
    pkiops: true,
    signs: new RegExp(`^gv?\\d+-.*-sb${servicebus}`),
  },
  {
    id: 'namespaces',
    name: 'Lab Azure TLS CA 01',
    ocspHost: 'oneocsp.microsoft.com',
    pkiops: true,
    signs: new RegExp(servicebus),
  },
  {
    id: 'identity',
    name: 'Lab Identity TLS CA',
    ocspHost: 'ocsp.msocsp.com',
    signs: /^login\.|\.microsoftonline\.(com|us)$/,
  },
  { id: 'public', name: 'Lab Public TLS CA 1', crlHost: 'crl3.digicert.com', signs: /./ },
];

/**
 * Azure Government's list names no host of the public authorities (connector-facts 4.5). Which of its
 * hosts publishes for which certificates is assumed.
 */
const governmentProfiles: readonly IssuerProfile[] = [
  {
    id: 'government-data',
    name: 'Lab Government TLS CA 2',
    crlHost: 'mscrl.microsoft.us',
    pkiops: true,
    signs: /\.connector\.msappproxy\.us$/,
  },
  {
    id: 'government-relay',
    name: 'Lab Government TLS CA 3',
    ocspHost: 'ocsp.msocsp.us',
    pkiops: true,
    signs: new RegExp(servicebus),
  },
  {
    id: 'government',
    name: 'Lab Government TLS CA 1',
    crlHost: 'crl.microsoft.us',
    pkiops: true,
    signs: /./,
  },
];

/**
 * Authorities came in 2026 whose certificates name hosts that no list of the connector's has
 * (connector-facts 4.2). Real ones name `www.microsoft.com` beside them.
 */
export const profileOf2026: IssuerProfile = {
  id: 'of-2026',
  name: 'Lab TLS G2 RSA CA OCSP 02',
  crlHost: 'crl2.microsoft.com',
  issuerHost: 'caissuers.microsoft.com',
  signs: /./,
};

export const issuerProfiles: readonly IssuerProfile[] = [
  ...publicProfiles,
  ...governmentProfiles,
  profileOf2026,
];

/** The revocation list of the root, for the intermediates. */
const rootListUrl = 'http://crl3.digicert.com/lab-global-root-g2.crl';
const governmentRootListUrl = 'http://www.microsoft.us/pkiops/crl/lab-global-root-g2.crl';
export const rootListUrls: readonly string[] = [rootListUrl, governmentRootListUrl];

export function profileFor(host: string, environment: Environment): IssuerProfile {
  const profiles = environment === 'public' ? publicProfiles : governmentProfiles;
  // The last profile signs for everything.
  return profiles.find(({ signs }) => signs.test(host)) ?? (profiles.at(-1) as IssuerProfile);
}

/** Where the revocation list for an intermediate is. */
export function rootListUrlFor(profile: IssuerProfile): string {
  return governmentProfiles.includes(profile) ? governmentRootListUrl : rootListUrl;
}

export function listUrl(profile: IssuerProfile): string | undefined {
  return profile.crlHost && `http://${profile.crlHost}/lab-${profile.id}.crl`;
}

export function responderUrl(profile: IssuerProfile): string | undefined {
  return profile.ocspHost && `http://${profile.ocspHost}/`;
}

/** Where an intermediate's own certificate is published. */
export function issuerUrl(profile: IssuerProfile): string {
  const pages = governmentProfiles.includes(profile) ? 'www.microsoft.us' : 'www.microsoft.com';
  const host = profile.issuerHost ?? (profile.pkiops ? `${pages}/pkiops/certs` : 'cacerts.digicert.com');
  return `http://${host}/lab-${profile.id}.crt`;
}
