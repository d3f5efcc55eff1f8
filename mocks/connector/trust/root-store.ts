import { z } from 'zod';
import type { TrustedRoot } from '../../pki/pki.js';
import { rootListPath } from '../../protocol/root-list.js';
import { type Call, placeOf } from '../call.js';
import { readReply } from '../classify.js';
import type { Transport } from '../transport.js';
import type { WindowsHost } from '../windows-host.js';

const rootListSchema = z.object({ roots: z.array(z.object({ der: z.base64() })).max(1000) });

export interface RootStoreOptions {
  host: () => WindowsHost;
  /** What up-to-date machines trust. */
  published: readonly TrustedRoot[];
  transport: () => Pick<Transport, 'attempt'>;
}

/** The authorities that a server trusts. */
export class RootStore {
  /** Authorities that the server's administrator has made trusted: an inspecting one, the customer's own. */
  added: readonly TrustedRoot[] = [];
  /** What the root list has added to a store that lacked it. */
  #fetched: readonly TrustedRoot[] | undefined;

  constructor(private readonly options: RootStoreOptions) {}

  get roots(): readonly TrustedRoot[] {
    const { host, published } = this.options;
    const known = host().server.roots === 'current' ? published : (this.#fetched ?? []);
    return [...known, ...this.added];
  }

  /** Nothing has been fetched yet. */
  forget(): void {
    this.#fetched = undefined;
  }

  /**
   * Windows looks for an unknown root in the list; an inspector's authority is not in it. Returns
   * whether the store has got more.
   * @throws Failure
   */
  async refresh({ operation, account }: Call): Promise<boolean> {
    const { host, published, transport } = this.options;
    if (host().server.roots === 'current' || this.#fetched) return false;
    const url = new URL(`http://${host().names.rootList}${rootListPath}`);
    const purpose = 'fetch the root list';
    const call: Call = { operation, account, stack: 'system', purpose, url, expects: 'json' };
    const reply = await transport().attempt(call);
    // The real list is signed; ours stands for that by naming only roots that are known beforehand.
    const { roots } = readReply(reply, placeOf(url), (text) => rootListSchema.parse(JSON.parse(text)));
    const listed = new Set(roots.map(({ der }) => der));
    this.#fetched = published.filter(({ der }) => listed.has(Buffer.from(der).toString('base64')));
    return this.#fetched.length > 0;
  }
}
