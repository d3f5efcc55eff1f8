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
  /** Hosts it signs for. */
  signs: RegExp;
}

const servicebus = '\\.servicebus\\.(windows\\.net|usgovcloudapi\\.net)$';

export const issuerProfiles: readonly IssuerProfile[] = [
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

/** The revocation list of the root, for the intermediates. */
export const rootListUrl = 'http://crl3.digicert.com/lab-global-root-g2.crl';

export function profileFor(host: string): IssuerProfile {
  // The last profile signs for everything.
  return issuerProfiles.find(({ signs }) => signs.test(host)) ?? (issuerProfiles.at(-1) as IssuerProfile);
}

export function listUrl(profile: IssuerProfile): string | undefined {
  return profile.crlHost && `http://${profile.crlHost}/lab-${profile.id}.crl`;
}

export function responderUrl(profile: IssuerProfile): string | undefined {
  return profile.ocspHost && `http://${profile.ocspHost}/`;
}

/** Where an intermediate's own certificate is published. */
export function issuerUrl(profile: IssuerProfile): string {
  const host = profile.pkiops ? 'www.microsoft.com/pkiops/certs' : 'cacerts.digicert.com';
  return `http://${host}/lab-${profile.id}.crt`;
}
