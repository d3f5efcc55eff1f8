import { rm, writeFile } from 'node:fs/promises';
import { connectionId } from '../connection-id.js';
import { isSilent, SquidProcess } from '../squid-process.js';
import type { GatewayDevice, GatewayHost, GatewaySettings } from './gateway-device.js';

/** Ports of HTTP in the clear: names are in the Host header there. */
export const clearPorts: readonly number[] = [80, 8080];
/** Where the gateway's firewall sends what it cannot decide about without a name. */
export const peekPorts = { tls: 8444, http: 8445, ready: 3130 } as const;
/** Where it sends those of an account that rules are about, by the account's mark in packets (DSCP). */
export function peekPortsOf(mark: number): { tls: number; http: number } {
  return { tls: 8500 + mark, http: 8600 + mark };
}
/** squid opens no port for TLS without one, and shows it to nobody: it peeks, and splices or cuts. */
export const sniCertificateFile = '/run/sni-firewall.pem';

/** The part of the edge firewall that reads names from first bytes: squid, which peeks. */
export class SniFirewall implements GatewayDevice {
  readonly #squid = new SquidProcess((line) => void this.#decided(line));

  constructor(private readonly host: GatewayHost) {}

  async configure({ sniFirewall: configuration }: GatewaySettings): Promise<void> {
    await this.close();
    if (configuration === undefined) return;
    const { certificate, key } = await (await this.host.authority('SNI firewall')).pem();
    await writeFile(sniCertificateFile, `${certificate}${key}`, { mode: 0o644 });
    await this.#squid.start(configuration, { address: '127.0.0.1', port: peekPorts.ready });
  }

  settle(): Promise<void> {
    return this.#squid.settle();
  }

  async close(): Promise<void> {
    await this.#squid.stop();
    await rm(sniCertificateFile, { force: true });
  }

  /** One line a rule that fits a connection: address, port, names in ClientHello and Host, position. */
  async #decided(line: string): Promise<void> {
    const [from = '', fromPort, server = '-', host = '-', label = ''] = line.split(' ');
    const name = [server, host].find((one) => one !== '-' && !/^[\d.]+$/.test(one));
    const connection = connectionId(await this.host.destination(from, Number(fromPort)));
    const position = isSilent(label) ?? label;
    const rule = position === 'default' ? position : Number(position);
    this.host.tell({ kind: 'named', connection, rule, ...(name && { name }) });
  }
}
