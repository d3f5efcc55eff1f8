import { InspectionAuthority } from '../../mocks/pki/inspection-authority.js';
import { BaseRole, cutSockets } from './base-role.js';
import type { Notice } from './channel.js';
import { log } from './log-prefix.js';
import { liveRule } from './nflog.js';
import type { ProxyMachineSettings, ProxyRole } from './roles.js';
import { run } from './shell.js';
import { forgetForging, prepareForging } from './squid-certificates.js';
import { readWitnessLabel, SquidProcess, squidUser } from './squid-process.js';
import type { Wire } from './wire.js';
import { type WireRoot, wireRoot } from './wire-root.js';

/** Everything that the proxy itself opens is seen, so that its connections are known by name. */
const sensors = `table inet lab {
  chain out {
    type filter hook output priority 0; policy accept;
    ${liveRule}
    meta skuid ${squidUser} tcp flags & (syn | ack) == syn ${log({ kind: 'proxy' })}
  }
}
`;

/** squid's word for a header that a request has not. */
const noHeader = '-';

/** The site's explicit proxy: squid. */
export class ProxyMachine extends BaseRole implements ProxyRole {
  readonly #squid = new SquidProcess((line) => this.#admit(line));
  readonly #authorities = new Map<string, Promise<InspectionAuthority>>();
  /** Where clients connect to, whichever of squid's ports the kernel hands them to. */
  #place = '';

  constructor(private readonly tell: (notice: Notice) => void) {
    super(sensors);
    this.onPacket = (packet) => this.tell({ kind: 'packet', packet });
  }

  async configure(settings: ProxyMachineSettings | null): Promise<WireRoot | null> {
    await this.nft.reset();
    if (!settings) {
      await this.#stop();
      return null;
    }
    if (settings.firewall) await this.nft.apply(settings.firewall);
    this.#place = `${settings.address}:${settings.port}`;
    await this.sensor?.proveAlive();
    const authority = settings.authority && (await this.#authorityOf(settings.authority));
    if (authority) await prepareForging(await authority.pem());
    await this.#squid.start(settings.configuration, settings);
    return authority ? wireRoot(authority) : null;
  }

  #authorityOf({ name, startAt }: { name: string; startAt: number }): Promise<InspectionAuthority> {
    const key = `${startAt} ${name}`;
    const known = this.#authorities.get(key) ?? InspectionAuthority.create(name, startAt);
    this.#authorities.set(key, known);
    return known;
  }

  async #stop(): Promise<void> {
    await this.#squid.stop();
    await forgetForging();
  }

  /** Ends a connection that squid has made or is trying to make: the network's evidence says that nothing comes of it. */
  async endAttempt(connection: string): Promise<void> {
    const [from = '', to = ''] = connection.split('>');
    await run('ss', ['-K', '-t', 'state', 'syn-sent', 'state', 'established', 'src', from, 'dst', to]);
  }

  override async settle(): Promise<void> {
    await super.settle();
    await this.#squid.settle();
  }

  protected async close(): Promise<void> {
    await this.#stop();
  }

  protected wires(): readonly Wire[] {
    return [];
  }

  /** squid speaks with its helpers over loopback, and ends itself where they end too often. */
  override cut(): Promise<void> {
    return cutSockets('loopback');
  }

  /** One line a request that squid decided about: address, port, host, port, client of the proxy before, how. */
  #admit(line: string): void {
    const [from, fromPort, host = '', port, client = '', rule = ''] = line.split(' ');
    this.tell({
      kind: 'admitted',
      connection: `${from}:${fromPort}>${this.#place}`,
      host,
      port: Number(port),
      ...(client !== noHeader && { client }),
      rule: readWitnessLabel(rule),
    });
  }
}
