import { createHash, randomBytes } from 'node:crypto';
import type { Environment } from '../../model/requirements/documented-host.js';
import { ApplicationAuthority } from './application-authority.js';
import { Authority, type RevokedEntry } from './authority.js';
import { ConnectorAuthority } from './connector-authority.js';
import { InspectionAuthority } from './inspection-authority.js';
import { ocspResponse } from './ocsp.js';
import {
  type IssuerProfile,
  issuerProfiles,
  issuerUrl,
  listUrl,
  profileFor,
  profileOf2026,
  responderUrl,
  rootListUrlFor,
  rootListUrls,
} from './profiles.js';
import { type TokenKey, tokenKey } from './token-key.js';
import { day, keyToPem, newKeys, toPem, wholeSeconds, x509 } from './x509.js';

/** What is wrong with a certificate on purpose. */
export type LeafVariant =
  | 'good'
  | 'expired'
  | 'not-yet-valid'
  | 'wrong-name'
  | 'revoked'
  | 'without-issuer'
  | 'of-2026';

export interface Leaf {
  keyPem: string;
  /** Leaf, then intermediates. */
  chainPem: string;
}

export interface Publication {
  body: Uint8Array;
  contentType: string;
}

/** What is wrong on purpose with a revocation list, or with a responder's answer. */
interface Wrong {
  /** It was signed so long ago, milliseconds. */
  ageMs?: number;
  /** Another key has signed it than the authority's. */
  forged?: boolean;
}

export interface TrustedRoot {
  name: string;
  der: Uint8Array;
}

/** So many responders' answers are kept ready. */
const mostResponses = 1000;

/**
 * Every authority of the lab's world, made for one run. Keys and certificates come into being when
 * first asked for and are kept: many labs share one Pki.
 */
export class Pki {
  readonly #roots: readonly TrustedRoot[];
  readonly #issuers = new Map<string, Promise<Authority>>();
  readonly #impostors = new Map<string, Promise<Authority>>();
  readonly #leaves = new Map<string, Promise<Leaf>>();
  readonly #inspectors = new Map<string, Promise<InspectionAuthority>>();
  readonly #lists = new Map<string, Promise<Uint8Array>>();
  readonly #responses = new Map<string, Uint8Array>();
  readonly #issued = new Map<string, Set<string>>();
  readonly #revoked = new Map<string, RevokedEntry[]>();

  #applications: Promise<ApplicationAuthority> | undefined;
  /** A secret of the cloud that goes into no certificate: connectors sign their relay tokens with it. */
  readonly relayKey = randomBytes(32).toString('base64');

  private constructor(
    private readonly now: number,
    private readonly root: Authority,
    private readonly leafKeys: CryptoKeyPair,
    private readonly leafKeyPem: string,
    readonly connectors: ConnectorAuthority,
    readonly tokenKey: TokenKey,
  ) {
    this.#roots = [{ name: root.name, der: root.der }];
  }

  /** @param now lab time that certificates are valid around, milliseconds since 1970 */
  static async create(now: number): Promise<Pki> {
    const leafKeys = await newKeys();
    return new Pki(
      now,
      await Authority.root('Lab Global Root G2', now),
      leafKeys,
      await keyToPem(leafKeys.privateKey),
      await ConnectorAuthority.create(now),
      await tokenKey(),
    );
  }

  /** What every up-to-date machine trusts. */
  get roots(): readonly TrustedRoot[] {
    return this.#roots;
  }

  /**
   * The root list that Windows fetches. The real one is a signed cabinet file; ours is JSON, since
   * no device on the path looks inside.
   */
  rootList(): Uint8Array {
    const roots = this.roots.map(({ name, der }) => ({ name, der: Buffer.from(der).toString('base64') }));
    return Buffer.from(JSON.stringify({ roots }));
  }

  /** A server certificate for a host, signed by the intermediate that its profile names in a cloud. */
  leaf(host: string, variant: LeafVariant = 'good', environment: Environment = 'public'): Promise<Leaf> {
    const key = `${host} ${variant} ${environment}`;
    return cached(this.#leaves, key, () => this.#leaf(host, variant, environment));
  }

  inspectionAuthority(name: string): Promise<InspectionAuthority> {
    return cached(this.#inspectors, name, () => InspectionAuthority.create(name, this.now));
  }

  /** The customer's own authority, for applications inside the site. */
  applicationAuthority(): Promise<ApplicationAuthority> {
    this.#applications ??= ApplicationAuthority.create(this.now);
    return this.#applications;
  }

  /**
   * What a host publishes at a path: revocation lists, which last for seven days, and issuers'
   * certificates. `now`: lab time.
   */
  async publication(
    host: string,
    path: string,
    now: number,
    wrong: Wrong = {},
  ): Promise<Publication | undefined> {
    const url = `http://${host}${path}`;
    if (rootListUrls.includes(url)) return this.#list('root', this.root, now, wrong);
    for (const profile of issuerProfiles) {
      if (url === listUrl(profile)) return this.#list(profile.id, await this.#issuer(profile), now, wrong);
      if (url === issuerUrl(profile)) {
        const { der } = await this.#issuer(profile);
        return { body: der, contentType: 'application/pkix-cert' };
      }
    }
    return undefined;
  }

  /**
   * Answers an OCSP request sent to a host; undefined where no responder lives there. What is no
   * request is told so. `forgetful`: the responder knows no certificate.
   */
  async ocsp(
    host: string,
    request: Uint8Array,
    now: number,
    { forgetful = false, ageMs = 0, forged = false }: Wrong & { forgetful?: boolean } = {},
  ): Promise<Uint8Array | undefined> {
    const profile = issuerProfiles.find(({ ocspHost }) => ocspHost === host);
    if (!profile) return undefined;
    const revoked = this.#revoked.get(profile.id) ?? [];
    const issued = this.#issued.get(profile.id);
    const issuer = await this.#issuer(profile);
    const signer = forged ? await this.#impostor(issuer) : issuer;
    const statusOf = (serial: string) => {
      if (forgetful || !issued?.has(serial)) return 'unknown';
      return revoked.some((entry) => entry.serialNumber === serial) ? 'revoked' : 'good';
    };
    const respond = () => ocspResponse(request, issuer, now - ageMs, statusOf, signer);
    // Ready-made within one second, as large responders do (RFC 5019, 2.2.1): making them was a tenth
    // of a run. What has been issued and revoked only grows, so their numbers say which state it is.
    const asked = createHash('sha256').update(request).digest('base64');
    const state = [forgetful, ageMs, forged, issued?.size, revoked.length].join();
    const key = [profile.id, asked, Math.floor(now / 1000), state].join(' ');
    const made = this.#responses.get(key) ?? respond();
    if (this.#responses.size >= mostResponses) this.#responses.clear();
    this.#responses.set(key, made);
    return made;
  }

  #issuer(profile: IssuerProfile): Promise<Authority> {
    return cached(this.#issuers, profile.id, () =>
      this.root.subordinate(profile.name, this.now, [
        new x509.CRLDistributionPointsExtension([rootListUrlFor(profile)]),
      ]),
    );
  }

  /** Somebody who signs in an authority's name, with a key of his own. */
  #impostor({ name }: Authority): Promise<Authority> {
    return cached(this.#impostors, name, () => Authority.root(name, this.now));
  }

  async #leaf(host: string, variant: LeafVariant, environment: Environment): Promise<Leaf> {
    const profile = variant === 'of-2026' ? profileOf2026 : profileFor(host, environment);
    const issuer = await this.#issuer(profile);
    const name = variant === 'wrong-name' ? 'www.fabrikam.test' : host;
    const certificate = await issuer.issue({
      subject: `CN=${name}`,
      publicKey: this.leafKeys.publicKey,
      validity: this.#validity(variant),
      extensions: [
        new x509.BasicConstraintsExtension(false),
        new x509.KeyUsagesExtension(x509.KeyUsageFlags.digitalSignature, true),
        new x509.ExtendedKeyUsageExtension([x509.ExtendedKeyUsage.serverAuth]),
        new x509.SubjectAlternativeNameExtension([{ type: 'dns', value: name }]),
        ...revocationExtensions(profile),
      ],
    });
    const issued = this.#issued.get(profile.id) ?? new Set<string>();
    this.#issued.set(profile.id, issued.add(certificate.serialNumber));
    if (variant === 'revoked') {
      const entry = { serialNumber: certificate.serialNumber, revocationDate: wholeSeconds(this.now - day) };
      this.#revoked.set(profile.id, [...(this.#revoked.get(profile.id) ?? []), entry]);
      this.#lists.clear();
    }
    const alone = variant === 'without-issuer' || variant === 'of-2026';
    const chainPem = toPem(certificate.rawData) + (alone ? '' : toPem(issuer.der));
    return { keyPem: this.leafKeyPem, chainPem };
  }

  #validity(variant: LeafVariant) {
    if (variant === 'expired') return { notBefore: this.now - 398 * day, notAfter: this.now - day };
    if (variant === 'not-yet-valid') return { notBefore: this.now + day, notAfter: this.now + 398 * day };
    return { notBefore: this.now - 30 * day, notAfter: this.now + 368 * day };
  }

  async #list(
    id: string,
    authority: Authority,
    now: number,
    { ageMs, forged = false }: Wrong,
  ): Promise<Publication> {
    const today = Math.floor(now / day) * day;
    // Signed as of the lab's own start on the first day: never before a machine's clock says so.
    const signedAt = ageMs === undefined ? Math.max(today, this.now - day / 24) : today - ageMs;
    const key = `${id} ${signedAt} ${forged}`;
    const signer = forged ? await this.#impostor(authority) : authority;
    const body = await cached(this.#lists, key, () => signer.list(signedAt, this.#revoked.get(id) ?? []));
    return { body, contentType: 'application/pkix-crl' };
  }
}

function revocationExtensions(profile: IssuerProfile): x509.Extension[] {
  const list = listUrl(profile);
  const responder = responderUrl(profile);
  const access = { caIssuers: issuerUrl(profile), ...(responder && { ocsp: responder }) };
  return [
    ...(list ? [new x509.CRLDistributionPointsExtension([list])] : []),
    new x509.AuthorityInfoAccessExtension(access),
  ];
}

function cached<V>(map: Map<string, Promise<V>>, key: string, make: () => Promise<V>): Promise<V> {
  const known = map.get(key);
  if (known !== undefined) return known;
  const made = make();
  map.set(key, made);
  return made;
}
