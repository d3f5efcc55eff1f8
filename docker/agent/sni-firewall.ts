import { rm, writeFile } from 'node:fs/promises';
import { isSilent, SquidProcess } from './squid-process.js';

/** Where the gateway's firewall sends what it cannot decide about without a name. */
export const peekPorts = { tls: 8444, http: 8445, ready: 3130 } as const;
/** squid opens no port for TLS without one, and shows it to nobody: it peeks, and splices or cuts. */
export const sniCertificateFile = '/run/sni-firewall.pem';

/** A connection whose first bytes said a name was decided about. */
export interface NameDecision {
  from: string;
  fromPort: number;
  name?: string;
  /** Position of the rule from 0, or `default`. */
  rule: string;
}

/** The part of the edge firewall that reads names from first bytes: squid, which peeks. */
export class SniFirewall {
  readonly #squid: SquidProcess;

  constructor(onDecision: (decision: NameDecision) => void) {
    this.#squid = new SquidProcess((line) => {
      const [from = '', fromPort, server = '-', host = '-', label = ''] = line.split(' ');
      const name = [server, host].find((one) => one !== '-' && !/^[\d.]+$/.test(one));
      onDecision({ from, fromPort: Number(fromPort), rule: isSilent(label) ?? label, ...(name && { name }) });
    });
  }

  async start(configuration: string, { certificate, key }: { certificate: string; key: string }) {
    await writeFile(sniCertificateFile, `${certificate}${key}`, { mode: 0o644 });
    await this.#squid.start(configuration, { address: '127.0.0.1', port: peekPorts.ready });
  }

  /** Ends when everything that was decided until now has been told. */
  settle(): Promise<void> {
    return this.#squid.settle();
  }

  async stop(): Promise<void> {
    await this.#squid.stop();
    await rm(sniCertificateFile, { force: true });
  }
}
