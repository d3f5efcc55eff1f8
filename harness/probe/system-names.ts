import { promises as dns } from 'node:dns';
import { readFile } from 'node:fs/promises';
import { isIP } from 'node:net';
import { NetworkError, type Resolution } from '../../mocks/network.js';
import { canonical } from '../../model/site/host-name.js';

/** How a name was answered. `aliases` are unknown where the resolver did not tell them. */
export interface Answered extends Resolution {
  hasAliases: boolean;
}

/** How long one server is asked, and how often. */
const patience = { timeout: 2500, tries: 2 };
/** No chain of the service is longer. */
const longestChain = 10;

/** Names as the system's resolvers answer them, all at once: what `getaddrinfo` does is four at a time. */
export class SystemNames {
  readonly #resolver = new dns.Resolver(patience);
  readonly #known = new Map<string, Promise<Answered>>();

  private constructor(private readonly hosts: ReadonlyMap<string, string>) {}

  /** `servers`: resolvers to ask in place of the system's. */
  static async open(servers?: readonly string[]): Promise<SystemNames> {
    const names = new SystemNames(hostsIn(await readFile(hostsFile(), 'utf8').catch(() => '')));
    if (servers) names.#resolver.setServers([...servers]);
    return names;
  }

  /** Resolvers that are asked. */
  get servers(): string[] {
    return this.#resolver.getServers();
  }

  /** @throws NetworkError `dns-nxdomain` or `dns-timeout` */
  resolve(name: string): Promise<Answered> {
    const asked = canonical(name);
    const known = this.#known.get(asked) ?? this.#ask(asked);
    this.#known.set(asked, known);
    return known;
  }

  close(): void {
    this.#resolver.cancel();
  }

  async #ask(name: string): Promise<Answered> {
    if (isIP(name)) return { chain: [], addresses: [name], hasAliases: true };
    const line = this.hosts.get(name) ?? (name === 'localhost' ? '127.0.0.1' : undefined);
    if (line !== undefined) return { chain: [name], addresses: [line], hasAliases: true };
    const addresses = await this.#resolver.resolve4(name).catch((error: NodeJS.ErrnoException) => {
      throw failureOf(name, error.code);
    });
    return { addresses, ...(await this.#chain(name)) };
  }

  /** From alias to alias; what is not answered is not guessed. */
  async #chain(name: string): Promise<Pick<Answered, 'chain' | 'hasAliases'>> {
    const chain = [name];
    while (chain.length < longestChain)
      try {
        const [next] = await this.#resolver.resolveCname(chain.at(-1) ?? name);
        if (next === undefined) break;
        chain.push(next);
      } catch (error) {
        const { code } = error as NodeJS.ErrnoException;
        return { chain, hasAliases: code === 'ENODATA' || code === 'ENOTFOUND' };
      }
    return { chain, hasAliases: true };
  }
}

function failureOf(name: string, code: string | undefined): NetworkError {
  return code === 'ENOTFOUND' || code === 'ENODATA' || code === 'EREFUSED'
    ? new NetworkError('dns-nxdomain', `${name}: no such name (${code})`)
    : new NetworkError('dns-timeout', `${name}: no answer (${code ?? 'unknown'})`);
}

function hostsFile(): string {
  const { SystemRoot } = process.env;
  return SystemRoot === undefined ? '/etc/hosts' : `${SystemRoot}\\System32\\drivers\\etc\\hosts`;
}

/** Names of a hosts file with their address of IPv4; the first line of a name counts. */
export function hostsIn(text: string): Map<string, string> {
  const found = new Map<string, string>();
  for (const line of text.split(/\r\n?|\n/)) {
    const [address = '', ...names] = line.replace(/#.*/, '').trim().split(/\s+/);
    if (isIP(address) !== 4) continue;
    for (const name of names) if (!found.has(canonical(name))) found.set(canonical(name), address);
  }
  return found;
}
