import { execFile } from 'node:child_process';
import { X509Certificate } from 'node:crypto';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { EventBody } from '../../../model/evidence/event.js';
import type { NetworkStack } from '../../network.js';
import { day } from '../../pki/x509.js';
import { Failure } from '../failure.js';
import { CertificateFacts } from '../trust/certificate-facts.js';
import { type Fetch, RevocationChecker } from './checker.js';

/** Every certificate, list and answer here is OpenSSL's, so that no mistake of ours is on both sides. */
const run = promisify(execFile);
const listUrl = 'http://lists.test/ca.crl';
const responderUrl = 'http://responder.test/';
const config = `
[ca]
default_ca = lab
[lab]
database = index.txt
new_certs_dir = .
serial = serial
default_md = sha256
default_days = 300
policy = anything
unique_subject = no
[anything]
commonName = supplied
[authority]
basicConstraints = critical,CA:true
keyUsage = critical,keyCertSign,cRLSign,digitalSignature
[by-list]
crlDistributionPoints = URI:${listUrl}
[by-responder]
authorityInfoAccess = OCSP;URI:${responderUrl}
[req]
distinguished_name = name
[name]
[silent]
basicConstraints = CA:false
`;

let folder: string;
let authority: X509Certificate;
let stranger: X509Certificate;
const certificates = new Map<string, X509Certificate>();

async function openssl(...args: string[]): Promise<void> {
  await run('openssl', args, { cwd: folder });
}

async function newKey(name: string): Promise<void> {
  await openssl('ecparam', '-name', 'prime256v1', '-genkey', '-noout', '-out', `${name}.key`);
}

async function certificate(name: string): Promise<X509Certificate> {
  return new X509Certificate(await readFile(join(folder, `${name}.pem`)));
}

async function selfSigned(name: string): Promise<X509Certificate> {
  await newKey(name);
  const subject = ['-subj', '/CN=Authority', '-days', '900'];
  await openssl(
    'req',
    '-x509',
    '-new',
    '-key',
    `${name}.key`,
    ...subject,
    '-config',
    'ca.cnf',
    '-extensions',
    'authority',
    '-out',
    `${name}.pem`,
  );
  return certificate(name);
}

async function issue(name: string, extensions: string): Promise<void> {
  await openssl(...`req -new -key leaf.key -subj /CN=${name} -config ca.cnf -out one.csr`.split(' '));
  await openssl(
    ...`ca -batch -notext -config ca.cnf -keyfile ca.key -cert ca.pem -extensions ${extensions} -in one.csr -out ${name}.pem`.split(
      ' ',
    ),
  );
  certificates.set(name, await certificate(name));
}

async function list(signer: string): Promise<Buffer> {
  await openssl(
    ...`ca -gencrl -config ca.cnf -keyfile ${signer}.key -cert ${signer}.pem -crldays 7 -out crl.pem`.split(
      ' ',
    ),
  );
  await openssl('crl', '-in', 'crl.pem', '-outform', 'DER', '-out', 'crl.der');
  return readFile(join(folder, 'crl.der'));
}

async function respond(signer: string, request: Uint8Array, index = 'index.txt'): Promise<Buffer> {
  await writeFile(join(folder, 'request.der'), request);
  await openssl(
    ...`ocsp -index ${index} -CA ca.pem -rsigner ${signer}.pem -rkey ${signer}.key -reqin request.der -ndays 1 -respout response.der`.split(
      ' ',
    ),
  );
  return readFile(join(folder, 'response.der'));
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'connector-lab-revocation-'));
  await writeFile(join(folder, 'ca.cnf'), config);
  await writeFile(join(folder, 'index.txt'), '');
  await writeFile(join(folder, 'empty.txt'), '');
  await writeFile(join(folder, 'serial'), '4001\n');
  authority = await selfSigned('ca');
  stranger = await selfSigned('stranger');
  await newKey('leaf');
  for (const kind of ['by-list', 'by-responder'])
    for (const state of ['good', 'revoked']) await issue(`${kind}-${state}`, kind);
  await issue('silent', 'silent');
  for (const kind of ['by-list', 'by-responder'])
    await openssl(...`ca -config ca.cnf -keyfile ca.key -cert ca.pem -revoke ${kind}-revoked.pem`.split(' '));
});
afterAll(() => rm(folder, { recursive: true }));

let now: number;
let events: EventBody[];
let asked: string[];
let answer: (body: Uint8Array | undefined) => Promise<{ body: Buffer; contentType?: string }>;
let checker: RevocationChecker;

beforeEach(() => {
  // OpenSSL signs at the computer's time; nothing below depends on how long that takes.
  now = Date.now();
  events = [];
  asked = [];
  const fetch: Fetch = async (url, _, body) => {
    asked.push(url.href);
    return { contentType: 'application/octet-stream', connection: 'c1', ...(await answer(body)) };
  };
  const unused = () => Promise.reject(new Error('the checker has no business here'));
  const stack: NetworkStack = {
    machine: 'server',
    clock: { now: () => now, after: () => ({ cancel: () => {} }) },
    resolve: unused,
    connect: unused,
    listen: unused,
    emit: (event) => `e${events.push(event)}`,
  };
  checker = new RevocationChecker(stack, fetch, new CertificateFacts());
});

function check(name: string, issuer = authority) {
  const leaf = certificates.get(name);
  if (!leaf) throw new Error(`no certificate ${name}`);
  return checker.checkChain([leaf, issuer], 'network-service');
}

const attempts = () => events.filter((event) => event.kind === 'attempt').map(({ outcome }) => outcome);

describe('lists', () => {
  beforeEach(async () => {
    const body = await list('ca');
    answer = async () => ({ body });
  });

  it('tells good from revoked, and asks once while the list is valid', async () => {
    expect(await check('by-list-good')).toEqual({ state: 'good' });
    expect(await check('by-list-revoked')).toMatchObject({ state: 'revoked' });
    expect(asked).toEqual([listUrl]);
    now += 8 * day;
    expect(await check('by-list-good')).toMatchObject({ state: 'offline' });
    expect(asked).toHaveLength(2);
  });

  it('takes no list from the future', async () => {
    now -= day;
    expect(await check('by-list-good')).toMatchObject({ state: 'offline' });
  });

  it('takes no list that another key of the same name signed', async () => {
    const body = await list('stranger');
    answer = async () => ({ body });
    expect(await check('by-list-revoked')).toMatchObject({ state: 'offline' });
  });

  it('does not let one authority’s list speak for another that names the same address', async () => {
    expect(await check('by-list-good')).toEqual({ state: 'good' });
    expect(await check('by-list-good', stranger)).toMatchObject({ state: 'offline' });
  });

  it('a page in place of the list is offline, and evidence calls it a page', async () => {
    answer = async () => ({ body: Buffer.from('<html>blocked</html>'), contentType: 'text/html' });
    expect(await check('by-list-good')).toMatchObject({ state: 'offline' });
    expect(attempts()).toEqual(['http-block-page']);
  });
});

describe('responders', () => {
  it.each([
    ['by-responder-good', 'good'],
    ['by-responder-revoked', 'revoked'],
  ])('%s', async (name, state) => {
    answer = async (body = new Uint8Array()) => ({ body: await respond('ca', body) });
    expect(await check(name)).toMatchObject({ state });
    expect(asked).toEqual([responderUrl]);
  });

  it('a certificate that the responder does not know is not good', async () => {
    answer = async (body = new Uint8Array()) => ({ body: await respond('ca', body, 'empty.txt') });
    expect(await check('by-responder-good')).toMatchObject({ state: 'offline' });
  });

  it('takes no answer that another key signed', async () => {
    answer = async (body = new Uint8Array()) => ({ body: await respond('stranger', body) });
    expect(await check('by-responder-revoked')).toMatchObject({ state: 'offline' });
  });

  it('takes no answer about another certificate', async () => {
    let first: Buffer | undefined;
    answer = async (body = new Uint8Array()) => {
      first ??= await respond('ca', body);
      return { body: first };
    };
    expect(await check('by-responder-good')).toEqual({ state: 'good' });
    expect(await check('by-responder-revoked')).toMatchObject({ state: 'offline' });
  });
});

it('a certificate that names no source has no information', async () => {
  expect(await check('silent')).toMatchObject({ state: 'no-information' });
  expect(asked).toEqual([]);
});

it('silence costs what Windows waits, in lab time, and names the connection', async () => {
  answer = () => Promise.reject(new Failure('tcp-drop', 'silence', { connection: 'c7', waitedMs: 21_000 }));
  expect(await check('by-list-good')).toMatchObject({ state: 'offline' });
  expect(events).toMatchObject([
    {
      kind: 'attempt',
      host: 'lists.test',
      port: 80,
      outcome: 'tcp-drop',
      connection: 'c7',
      waitedMs: 15_000,
    },
    { kind: 'revocation', outcome: 'tcp-drop', waitedMs: 15_000 },
  ]);
});
