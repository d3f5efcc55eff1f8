import { type ChildProcess, spawn } from 'node:child_process';
import { chmod, open, readFile, rm, writeFile } from 'node:fs/promises';
import { endProcess } from './end-process.js';

/** Where captures are kept until they are fetched. */
export const captureFolder = '/captures';
/** Where Node writes the keys of every TLS connection that its programs open, when told so at its start. */
export const tlsKeyFile = `${captureFolder}/tls.keys`;
const packetFile = `${captureFolder}/capture.pcap`;
/** A capture ends by itself after so many packets: it is evidence of a scenario, not of a download. */
const mostPackets = 200_000;

/** Base64. */
export interface Captured {
  packets: string;
  'tls-keys': string;
}

/** Everything that a machine sends and receives, but for what it says to itself. */
export class Capture {
  private constructor(private readonly tcpdump: ChildProcess) {}

  static async start(): Promise<Capture> {
    const options = ['-i', 'any', '-n', '-U', '--immediate-mode', '-s', '0', '-c', `${mostPackets}`];
    // A file that is opened here: tcpdump gives up its rights before it opens one.
    // Keys are written whoever this process is at that moment (dial.ts).
    await writeFile(tlsKeyFile, '');
    await chmod(tlsKeyFile, 0o666);
    const file = await open(packetFile, 'w', 0o600);
    const args = [...options, '-w', '-', 'not', 'host', '127.0.0.1'];
    const tcpdump = spawn('tcpdump', args, { stdio: ['ignore', file.fd, 'pipe'] });
    let words = '';
    await new Promise<void>((resolve, reject) => {
      tcpdump.stderr?.on('data', (data) => {
        words += data;
        if (words.includes('listening on')) resolve();
      });
      tcpdump.once('exit', (code) => reject(new Error(`tcpdump ended with ${code}: ${words}`)));
    });
    await file.close();
    return new Capture(tcpdump);
  }

  async end(): Promise<Captured> {
    await endProcess(this.tcpdump, 'SIGINT');
    const captured = { packets: await base64(packetFile), 'tls-keys': await base64(tlsKeyFile) };
    await rm(packetFile, { force: true });
    await rm(tlsKeyFile, { force: true });
    return captured;
  }
}

async function base64(file: string): Promise<string> {
  return readFile(file, 'base64').catch(() => '');
}
