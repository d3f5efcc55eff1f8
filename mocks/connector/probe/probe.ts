import { endsAtKnown } from '../../../model/diagnosis/known-issuers.js';
import type { Account, Operation, StackName } from '../../../model/evidence/vocabulary.js';
import type { NetworkStack } from '../../network.js';
import type { TrustedRoot } from '../../pki/pki.js';
import { controlProtocol } from '../../protocol/signalling.js';
import { type Call, placeOf } from '../call.js';
import { ignoreFailure } from '../failure.js';
import { openWebSocket } from '../service/signalling.js';
import { Transport } from '../transport.js';
import { CertificateFacts } from '../trust/certificate-facts.js';
import { issuerOf } from '../trust/chain.js';
import type { Machine } from '../windows-host.js';
import { asking, CountedStack, holding, reaching, reachingOverTls } from './counted.js';
import type { Endpoint } from './endpoint.js';
import { gatewaysBehind } from './gateways.js';
import { hold } from './held.js';

export interface ProbeOptions {
  stack: NetworkStack;
  machine: Machine;
  roots: readonly TrustedRoot[];
  /** Those of them that everybody trusts. */
  published: readonly TrustedRoot[];
  /** In whose account a stack's connections are. */
  account(stack: StackName): Account;
  endpoints: readonly Endpoint[];
  /** Lets pass the time for which signalling's connections are held; absent: none is. */
  quiet?(): Promise<void>;
  /** Told with every host that is done. */
  onDone?(done: number, all: number): void;
  /** Ends it early, with what there is. */
  signal?: AbortSignal;
}

/** Operations in which a connector shows its certificate (connector-facts 1.1). */
const showsCertificate: ReadonlySet<Operation> = new Set([
  'bootstrap',
  'deliver',
  'renew',
  'update',
  'tunnel',
]);

/** What was tried beside the evidence. */
export type Probed = Pick<CountedStack, 'uncounted' | 'guessedWrong'>;

/** A clock may be off by so much; what the connector tolerates as well. */
const toleranceMs = 5 * 60_000;

/**
 * The connector's own checks without a connector: every host is resolved, connected to by the way that its
 * stack has, its certificates judged and looked up in revocation lists, signalling upgraded. Nothing is
 * registered, and nothing that is sent says who asks. Evidence is in the stack's events; returned is what
 * is none.
 */
export async function probe(options: ProbeOptions): Promise<Probed> {
  const { endpoints, signal } = options;
  const assumed = endpoints.filter((one) => one.assumed).map(({ url }) => new URL(url).hostname);
  const counted = new CountedStack(options.stack, new Set(assumed));
  const probing = new Probe(options, counted);
  const aborted = new Promise<void>((resolve) => {
    if (signal?.aborted) resolve();
    signal?.addEventListener('abort', () => resolve(), { once: true });
  });
  await Promise.race([probing.all(endpoints), aborted]);
  return counted;
}

/** What was written down has failed already; anything else is a fault of ours. */
function settled<T>(one: PromiseSettledResult<T>): T[] {
  if (one.status === 'fulfilled') return [one.value];
  ignoreFailure(one.reason);
  return [];
}

class Probe {
  readonly #transport: Transport;
  #done = 0;

  constructor(
    private readonly options: ProbeOptions,
    private readonly counted: CountedStack,
  ) {
    this.#transport = new Transport({
      stack: counted.stack,
      certificates: new CertificateFacts(),
      host: () => options.machine,
      roots: () => options.roots,
      refreshRoots: async () => false,
    });
  }

  async all(endpoints: readonly Endpoint[]): Promise<void> {
    await Promise.all(
      endpoints.map(async (endpoint) => {
        await this.#one(endpoint);
        this.options.onDone?.(++this.#done, endpoints.length);
      }),
    );
    if (this.options.quiet) await this.#hold(endpoints, this.options.quiet);
  }

  /** All at once, each from when it is open. */
  async #hold(endpoints: readonly Endpoint[], quiet: () => Promise<void>): Promise<void> {
    const { uncounted } = this.counted;
    const opening = endpoints
      .filter(({ websocket }) => websocket)
      .map((endpoint) => hold(this.#transport, this.#call(endpoint, holding), uncounted));
    const held = (await Promise.allSettled(opening)).flatMap(settled);
    if (held.length === 0) return;
    await quiet();
    (await Promise.allSettled(held.map((one) => one.ask()))).map(settled);
  }

  async #one(endpoint: Endpoint): Promise<void> {
    try {
      await (endpoint.websocket ? this.#signalling(endpoint) : this.#reach(endpoint));
    } catch (error) {
      ignoreFailure(error);
    }
  }

  /** Whatever it answers: over TLS the certificate says whose answer it is. */
  async #reach(endpoint: Endpoint): Promise<void> {
    const isPlain = new URL(endpoint.url).protocol === 'http:';
    const call = this.#call(endpoint, isPlain ? reaching : reachingOverTls);
    const { connection } = await this.#transport.attempt({ ...call, takesAnyAnswer: true });
    if (showsCertificate.has(endpoint.operation)) this.#judgeAuthority(call, connection);
  }

  /**
   * Where a connector shows its certificate, an authority that only this machine trusts ends that, although
   * nothing fails yet: whoever inspects cannot show it. Authorities are compared by their keys.
   */
  #judgeAuthority(call: Call, connection: string): void {
    const { operation, account, stack, url } = call;
    const top = this.#transport.acceptedChains.get(url.hostname)?.at(-1);
    if (!top || this.options.published.some(({ der }) => top.raw.equals(der))) return;
    const issuer = issuerOf(top);
    if (endsAtKnown([{ issuer }])) {
      const why = `its authority calls itself ${issuer}, and whether it is cannot be told here`;
      return void this.counted.uncounted.push({ host: url.hostname, why });
    }
    this.counted.emit({
      ...{ kind: 'attempt', operation, purpose: 'look at the authority', account, stack },
      ...placeOf(url),
      ...{ outcome: 'tls-untrusted-issuer', connection, connected: true },
      detail: `"${issuer}" is trusted by this machine alone; a client certificate would be lost`,
    });
  }

  /** The namespace, then those gateways behind it that are live. */
  async #signalling(endpoint: Endpoint): Promise<void> {
    const call = this.#call(endpoint, asking);
    try {
      await this.#upgrade(call);
    } finally {
      const gateways = await gatewaysBehind(call.url.hostname, this.counted);
      const { operation, stack } = endpoint;
      await Promise.all(gateways.map((host) => this.#one({ operation, stack, url: `https://${host}/` })));
    }
  }

  async #upgrade(call: Call): Promise<void> {
    const { clock } = this.options.stack;
    const opened = await this.#transport.noted(call, async () => {
      const opening = openWebSocket(this.#transport, call, controlProtocol);
      const { connection, socket, serviceTime } = await opening;
      const off = clock.now() - serviceTime;
      socket.terminate();
      return { connection, off };
    });
    if (!(Math.abs(opened.off) > toleranceMs)) return;
    const { operation, account, stack } = call;
    this.counted.emit({
      ...{ kind: 'attempt', operation, purpose: 'compare the clock', account, stack },
      ...placeOf(call.url),
      ...{ outcome: 'clock-skew', connection: opened.connection.id, connected: true },
      detail: `this clock is ${Math.round(opened.off / 60_000)} minutes off the service's`,
    });
  }

  #call({ url, operation, stack }: Endpoint, purpose: string): Call {
    return { operation, purpose, account: this.options.account(stack), stack, url: new URL(url) };
  }
}
