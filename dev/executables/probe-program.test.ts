import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { probeProgram } from '../../harness/cli/probe-program.js';
import { lab as command } from '../../harness/cli/testing.js';
import { EmbeddedEngine } from '../../harness/engines/embedded/embedded-engine.js';
import { loopbackProxy } from '../../harness/engines/loopback-proxy.js';
import { loopbackResolver } from '../../harness/probe/testing.js';
import { endpointsOf } from '../../mocks/connector/probe/endpoints.js';
import { labNames } from '../../mocks/connector/probe/lab-names.js';
import { toPem } from '../../mocks/pki/x509.js';
import { type Evidence, evidenceSchema } from '../../model/diagnosis/evidence.js';
import { documentedSite } from '../../model/site/documented.js';
import { withoutSignature } from './signature.js';

/**
 * The probe as one file, on this Node; with `PROBE="executables/connector-lab-probe"` as that program. Making an
 * executable takes longer than a test may.
 */
const folder = await mkdtemp(join(tmpdir(), 'connector-lab-executable-'));
afterAll(() => rm(folder, { recursive: true }));
let program: string[];
beforeAll(async () => {
  const { PROBE } = process.env;
  program = PROBE
    ? PROBE.split(' ').map((word) => (word.includes('/') ? resolve(word) : word))
    : await oneFile();
});

async function oneFile(): Promise<string[]> {
  // As somebody has it: alone in a folder, without packages above it.
  const file = join(folder, 'connector-lab-probe.cjs');
  await writeFile(file, await probeProgram());
  return [process.execPath, file];
}

interface Said {
  code: number | null;
  stdout: string;
  stderr: string;
}

function said([command = '', ...args]: readonly string[]): Promise<Said> {
  return promisify(execFile)(command, args, { cwd: folder }).then(
    ({ stdout, stderr }) => ({ code: 0, stdout, stderr }),
    ({ code, stdout, stderr }) => ({ code, stdout, stderr }),
  );
}

/** What the command and the program say of a site in which one row is closed: everything runs on loopback. */
async function both() {
  const closed = { reject: '*.servicebus.windows.net', port: 443 } as const;
  const site = documentedSite({ firewall: { default: 'drop', rules: [closed, { allow: 'documented' }] } });
  await using engine = new EmbeddedEngine();
  await using lab = await engine.open(site, { scenario: 'probe', startAt: Date.now(), record: () => {} });
  await using proxy = await loopbackProxy(lab.dialer('app-proxy-01', { account: 'network-service' }));
  await using resolver = await loopbackResolver({});
  const endpoints = join(folder, 'endpoints.json');
  const authorities = lab.on('app-proxy-01').roots.map(({ der }) => toPem(der));
  await writeFile(endpoints, JSON.stringify({ endpoints: endpointsOf(labNames(site)), authorities }));
  const pac = join(folder, 'proxy.pac');
  await writeFile(pac, `function FindProxyForURL() { return "PROXY ${new URL(proxy.url).host}"; }`);
  const given = ['--endpoints', endpoints, '--resolver', resolver.address, '--pac', pac];
  const probe = async (start: (args: string[]) => Promise<Said>) => {
    const out = join(folder, 'evidence.json');
    const end = await start([...given, '--out', out]);
    return { ...end, evidence: evidenceSchema.parse(JSON.parse(await readFile(out, 'utf8'))) };
  };
  return {
    command: await probe((args) => command(['probe', ...args])),
    alone: await probe((args) => said([...program, ...args])),
  };
}

/** Evidence apart from times, and from the order in which hosts answered. */
function facts(evidence: Evidence): string[] {
  const timeless = (key: string, value: unknown) =>
    /^(at|.*Ms|.*At|from|to|id|connection|because)$/.test(key) ? undefined : value;
  return Object.entries(evidence)
    .flatMap(([name, value]) => (Array.isArray(value) ? value : [value]).map((one) => ({ name, one })))
    .map((one) => JSON.stringify(one, timeless))
    .sort();
}

/** Hosts answer in another order, and what is said of them has other numbers. */
function words(text: string): string {
  return text.replace(/\be\d+\b/g, 'e').replace(/\s+/g, ' ');
}

describe('the probe that has nothing beside it', () => {
  it('gives the same evidence, words and exit code as the command', async () => {
    const { command, alone } = await both();
    expect(alone.code, alone.stderr).toBe(1);
    expect(alone.evidence.attempts.length).toBeGreaterThan(20);
    expect(facts(alone.evidence)).toEqual(facts(command.evidence));
    expect(words(alone.stdout)).toBe(words(command.stdout));
    expect(alone.stdout).toContain('*.servicebus.windows.net');
  });

  it('helps, tells its version, and refuses what it does not know', async () => {
    expect(await said([...program, '--help'])).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(/^Usage: connector-lab-probe \[options\]/),
    });
    expect((await said([...program, '--version'])).stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
    const wrong = await said([...program, '--derect']);
    expect(wrong).toMatchObject({ code: 2, stdout: '' });
    expect(wrong.stderr).toMatch(/unknown option '--derect'\n\(Did you mean --direct\?\)/);
  });
});

describe('a Windows program', () => {
  /** As long as it must be: the header, one byte of code, a signature of eight. */
  const program = (signature: number) => {
    const bytes = Buffer.alloc(signature + 8);
    bytes.writeUInt32LE(0x40, 0x3c);
    bytes.write('PE\0\0', 0x40, 'latin1');
    bytes.writeUInt16LE(0x20b, 0x58);
    bytes.writeUInt32LE(signature, 0x58 + 112 + 32);
    bytes.writeUInt32LE(8, 0x58 + 112 + 36);
    return bytes;
  };

  it('loses its signature and nothing else', () => {
    const bare = withoutSignature(program(0x200));
    expect(bare).toHaveLength(0x200);
    expect(bare.readBigUInt64LE(0x58 + 112 + 32)).toBe(0n);
    expect(withoutSignature(bare)).toEqual(bare);
  });

  it('is refused where something follows the signature, or it is none', () => {
    expect(() => withoutSignature(Buffer.concat([program(0x200), Buffer.alloc(1)]))).toThrow(/does not end/);
    expect(() => withoutSignature(Buffer.alloc(512))).toThrow(/no Windows program/);
  });
});
