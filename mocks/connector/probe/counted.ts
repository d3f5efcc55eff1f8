import type { EventBody } from '../../../model/evidence/event.js';
import { NetworkError, type NetworkStack } from '../../network.js';

/** Something that was tried and says nothing: it is told, and is no evidence. */
export interface Uncounted {
  host: string;
  why: string;
}

/** The stack of a machine, of which only what says something becomes evidence. */
export class CountedStack {
  readonly uncounted: Uncounted[] = [];
  /** Names that were guessed, and are none. */
  readonly guessedWrong = new Set<string>();

  constructor(
    /** The machine's own. */
    readonly inner: NetworkStack,
    /** Hosts whose names are assumed. */
    private readonly assumed: ReadonlySet<string>,
  ) {}

  get stack(): NetworkStack {
    const { inner } = this;
    return {
      machine: inner.machine,
      get clock() {
        return inner.clock;
      },
      resolve: (name, asker) => inner.resolve(name, asker),
      connect: (dial) => inner.connect(dial),
      listen: (address, port, accept) => inner.listen(address, port, accept),
      emit: (event) => this.emit(event),
    };
  }

  emit(event: EventBody): string {
    const why = event.kind === 'attempt' ? this.#saysNothing(event) : undefined;
    if (why === undefined || event.kind !== 'attempt') return this.inner.emit(asReached(event));
    this.uncounted.push({ host: event.host, why });
    return '';
  }

  /** Whether there is a name of which that is not known. */
  async guess(name: string): Promise<boolean> {
    try {
      await this.inner.resolve(name, {});
      return true;
    } catch (error) {
      if (!(error instanceof NetworkError)) throw error;
      this.guessedWrong.add(name);
      return false;
    }
  }

  #saysNothing({ host, outcome, detail, status, purpose }: Attempted): string | undefined {
    if (outcome === 'dns-nxdomain' && this.assumed.has(host))
      return 'its name is assumed, and there is no such name';
    // A list or a responder of whom nothing was asked that it has.
    if (status === 403 && purpose === reaching) return 'answered 403, which a proxy may have done';
    if (detail?.includes('names an extension that is not understood'))
      return `its certificate cannot be judged here: ${detail}`;
    return undefined;
  }
}

/** Of attempts over plain HTTP whose answer is nobody's word. */
export const reaching = 'reach the host';
/** Of upgrades to WebSocket. */
export const asking = 'ask for signalling';
/** Of attempts over TLS, whatever is answered. */
export const reachingOverTls = 'reach the service';
/** Of connections that are held open. */
export const holding = 'hold a connection';

/** A relay that wants to know first who asks has been reached, and nobody has taken the upgrade away. */
function asReached(event: EventBody): EventBody {
  if (event.kind !== 'attempt' || event.purpose !== asking) return event;
  const isAsked = event.outcome === 'websocket-upgrade-refused' && [401, 403].includes(event.status ?? 0);
  if (!isAsked) return event;
  const { detail, ...others } = event;
  return { ...others, outcome: 'ok' };
}

type Attempted = Extract<EventBody, { kind: 'attempt' }>;
