import { execFile } from 'node:child_process';
import { X509Certificate } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { algorithm, day, newKeys, toPem, wholeSeconds, x509 } from '../../pki/x509.js';
import { CertificateFacts } from './certificate-facts.js';
import { validateChain } from './chain.js';

const run = promisify(execFile);
const now = Date.UTC(2026, 5, 1);
const host = 'login.contoso.test';
const { KeyUsageFlags, ExtendedKeyUsage } = x509;
const signs = KeyUsageFlags.keyCertSign | KeyUsageFlags.cRLSign;

interface Party {
  certificate: x509.X509Certificate;
  keys: CryptoKeyPair;
}

interface Wishes {
  name: string;
  /** Days from now. */
  from?: number;
  until?: number;
  ca?: boolean;
  pathLength?: number;
  usage?: number;
  purposes?: string[];
  names?: string[];
  more?: x509.Extension[];
}

let folder: string;
let keys: CryptoKeyPair[];
let serial = 1;

async function make(wishes: Wishes, keyPair: CryptoKeyPair, issuer?: Party): Promise<Party> {
  const { name, from = -10, until = 10, ca, pathLength, usage, purposes, names, more = [] } = wishes;
  const certificate = await x509.X509CertificateGenerator.create({
    serialNumber: (0x4000 + serial++).toString(16),
    subject: name && `CN=${name}`,
    issuer: issuer?.certificate.subject ?? `CN=${name}`,
    notBefore: wholeSeconds(now + from * day),
    notAfter: wholeSeconds(now + until * day),
    signingAlgorithm: algorithm,
    publicKey: keyPair.publicKey,
    signingKey: (issuer?.keys ?? keyPair).privateKey,
    extensions: [
      ...(ca === undefined ? [] : [new x509.BasicConstraintsExtension(ca, pathLength, true)]),
      ...(usage === undefined ? [] : [new x509.KeyUsagesExtension(usage, true)]),
      ...(purposes ? [new x509.ExtendedKeyUsageExtension(purposes)] : []),
      ...(names
        ? [new x509.SubjectAlternativeNameExtension(names.map((value) => ({ type: 'dns' as const, value })))]
        : []),
      ...more,
    ],
  });
  return { certificate, keys: keyPair };
}

interface Chain {
  trusted: Party[];
  presented: Party[];
}

interface Changes {
  root?: Partial<Wishes>;
  middle?: Partial<Wishes>;
  leaf?: Partial<Wishes>;
}

/** Root, intermediate, leaf, as a good authority makes them, but for the changes. */
async function chain({ root = {}, middle = {}, leaf = {} }: Changes = {}): Promise<Chain> {
  const [one, two, three] = keys as [CryptoKeyPair, CryptoKeyPair, CryptoKeyPair];
  const top = await make({ name: 'Root', ca: true, usage: signs, ...root }, one);
  const between = await make({ name: 'Middle', ca: true, pathLength: 0, usage: signs, ...middle }, two, top);
  const end = await make(
    {
      name: 'leaf',
      ca: false,
      usage: KeyUsageFlags.digitalSignature,
      purposes: [ExtendedKeyUsage.serverAuth],
      names: [host],
      ...leaf,
    },
    three,
    between,
  );
  return { trusted: [top], presented: [end, between] };
}

function ours({ trusted, presented }: Chain) {
  const asNode = ({ certificate }: Party) => new X509Certificate(Buffer.from(certificate.rawData));
  return validateChain({
    presented: presented.map(asNode),
    roots: trusted.map(asNode),
    host,
    now,
    facts: new CertificateFacts(),
  });
}

/** What OpenSSL makes of the same chain at the same time. */
async function openssl({ trusted, presented }: Chain): Promise<boolean> {
  const [leaf, ...others] = presented.map(({ certificate }) => toPem(certificate.rawData));
  const [roots, end, rest] = ['roots', 'leaf', 'others'].map((name) => join(folder, `${name}.pem`)) as [
    string,
    string,
    string,
  ];
  await writeFile(roots, trusted.map(({ certificate }) => toPem(certificate.rawData)).join(''));
  await writeFile(end, leaf ?? '');
  await writeFile(rest, others.join(''));
  const untrusted = others.length > 0 ? ['-untrusted', rest] : [];
  const flags = ['-attime', `${now / 1000}`, '-purpose', 'sslserver', '-verify_hostname', host];
  const asked = ['verify', ...flags, '-CAfile', roots, ...untrusted, end];
  return run('openssl', asked).then(
    () => true,
    () => false,
  );
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'connector-lab-chain-'));
  keys = await Promise.all(Array.from({ length: 5 }, newKeys));
});
afterAll(() => rm(folder, { recursive: true }));

const critical = (oid: string, bytes: number[]) => new x509.Extension(oid, true, Uint8Array.from(bytes));
/** permittedSubtrees: dNSName `other.test` */
const onlyOtherTest = [0x30, 0x10, 0xa0, 0x0e, 0x30, 0x0c, 0x82, 0x0a, ...Buffer.from('other.test')];

const cases: [string, () => Promise<Chain>, string][] = [
  ['good', () => chain(), 'ok'],
  ['no subject, as long names are forged by some', () => chain({ leaf: { name: '' } }), 'ok'],
  [
    'no subject, and another name',
    () => chain({ leaf: { name: '', names: ['other.contoso.test'] } }),
    'tls-untrusted-issuer',
  ],
  ['no purposes named', () => chain({ leaf: { purposes: undefined, usage: undefined } }), 'ok'],
  ['wildcard of one label', () => chain({ leaf: { names: ['*.contoso.test'] } }), 'ok'],
  ['an unneeded certificate more', async () => withStranger(await chain()), 'ok'],
  ['leaf expired', () => chain({ leaf: { until: -1 } }), 'tls-expired'],
  ['intermediate expired', () => chain({ middle: { until: -1 } }), 'tls-expired'],
  ['root expired', () => chain({ root: { until: -1 } }), 'tls-expired'],
  ['leaf not yet valid', () => chain({ leaf: { from: 1 } }), 'tls-not-yet-valid'],
  ['intermediate not yet valid', () => chain({ middle: { from: 1 } }), 'tls-not-yet-valid'],
  ['another name', () => chain({ leaf: { names: ['other.contoso.test'] } }), 'tls-untrusted-issuer'],
  ['wildcard too far up', () => chain({ leaf: { names: ['*.test'] } }), 'tls-untrusted-issuer'],
  ['name in the subject only', () => chain({ leaf: { name: 'x', names: [] } }), 'tls-untrusted-issuer'],
  [
    'for clients only',
    () => chain({ leaf: { purposes: [ExtendedKeyUsage.clientAuth] } }),
    'tls-untrusted-issuer',
  ],
  [
    'key for signing lists only',
    () => chain({ leaf: { usage: KeyUsageFlags.cRLSign } }),
    'tls-untrusted-issuer',
  ],
  [
    'authority for clients only',
    () => chain({ middle: { purposes: [ExtendedKeyUsage.clientAuth] } }),
    'tls-untrusted-issuer',
  ],
  [
    'issuer says it is no authority',
    () => chain({ middle: { ca: false, pathLength: undefined } }),
    'tls-untrusted-issuer',
  ],
  [
    'issuer does not say it is one',
    () => chain({ middle: { ca: undefined, usage: undefined } }),
    'tls-untrusted-issuer',
  ],
  [
    'issuer may not sign certificates',
    () => chain({ middle: { usage: KeyUsageFlags.cRLSign } }),
    'tls-untrusted-issuer',
  ],
  ['root allows no intermediate', () => chain({ root: { pathLength: 0 } }), 'tls-untrusted-issuer'],
  [
    'critical extension nobody knows',
    () => chain({ leaf: { more: [critical('1.3.6.1.4.1.99999.1', [5, 0])] } }),
    'tls-untrusted-issuer',
  ],
  [
    'authority of other names',
    () => chain({ middle: { more: [critical('2.5.29.30', onlyOtherTest)] } }),
    'tls-untrusted-issuer',
  ],
  [
    'another root of the same name',
    async () => ({ ...(await chain()), trusted: [await impostor()] }),
    'tls-untrusted-issuer',
  ],
  ['a root of one’s own', selfMade, 'tls-untrusted-issuer'],
  ['a leaf as authority', leafAsAuthority, 'tls-untrusted-issuer'],
  ['intermediate left out', async () => withoutMiddle(await chain()), 'tls-untrusted-issuer'],
];

async function withStranger({ trusted, presented: [leaf, ...others] }: Chain): Promise<Chain> {
  return { trusted, presented: [leaf as Party, await impostor(), ...others] };
}

function impostor(): Promise<Party> {
  return make({ name: 'Root', ca: true, usage: signs }, keys[3] as CryptoKeyPair);
}

async function selfMade(): Promise<Chain> {
  const { trusted } = await chain();
  const root = await make({ name: 'My own', ca: true, usage: signs }, keys[3] as CryptoKeyPair);
  const leaf = await make({ name: 'leaf', names: [host] }, keys[4] as CryptoKeyPair, root);
  return { trusted, presented: [leaf, root] };
}

async function leafAsAuthority(): Promise<Chain> {
  const good = await chain({ leaf: { names: ['mine.contoso.test'] } });
  const forged = await make({ name: 'forged', names: [host] }, keys[4] as CryptoKeyPair, good.presented[0]);
  return { trusted: good.trusted, presented: [forged, ...good.presented] };
}

function withoutMiddle({ trusted, presented }: Chain): Chain {
  return { trusted, presented: presented.slice(0, 1) };
}

describe('a chain is worth what OpenSSL says it is', () => {
  it.each(cases)('%s', async (_, made, expected) => {
    const built = await made();
    const verdict = ours(built);
    expect(verdict.result).toBe(expected);
    expect(await openssl(built)).toBe(expected === 'ok');
  });

  it('says what is wrong in words', async () => {
    const verdict = ours(await chain({ leaf: { names: ['other.contoso.test'] } }));
    expect(verdict).toMatchObject({ reason: `CN=leaf is not for ${host}` });
  });

  it('refuses a certificate that was changed after it was signed', async () => {
    const { trusted, presented } = await chain();
    const changed = Buffer.from(presented[0]?.certificate.rawData ?? new ArrayBuffer(0));
    changed.write('LOGIN', changed.indexOf(host));
    const verdict = validateChain({
      presented: [
        new X509Certificate(changed),
        ...presented.slice(1).map(({ certificate }) => new X509Certificate(Buffer.from(certificate.rawData))),
      ],
      roots: trusted.map(({ certificate }) => new X509Certificate(Buffer.from(certificate.rawData))),
      host,
      now,
      facts: new CertificateFacts(),
    });
    expect(verdict.result).toBe('tls-untrusted-issuer');
  });
});
