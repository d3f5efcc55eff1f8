import { setTimeout } from 'node:timers/promises';
import type { LabEvent } from '../../model/evidence/event.js';
import type { Operation } from '../../model/evidence/vocabulary.js';
import { steps } from '../../model/scenario/step.js';
import type { Site } from '../../model/site/schema.js';
import { browserSwitches } from '../engines/browser-switches.js';
import { type Engine, type Guest, NoEngineError } from '../engines/engine.js';
import { type ListenAddress, type LoopbackProxy, loopbackProxy } from '../engines/loopback-proxy.js';
import { asDocumented } from './documented.js';

/** Everything up to the state in which users are served. */
const life = [
  'install',
  'sign-in',
  'register',
  'bootstrap',
  'listen',
] as const satisfies readonly Operation[];

/** Lab time follows this computer's in steps of so many milliseconds. */
const stepMs = 500;

/** A lab that is kept, and what programs of this computer need to be in it. */
export interface HeldLab extends AsyncDisposable {
  proxy: string;
  /** Certificates of the lab's roots (PEM). */
  roots: string;
  /** For Chromium; a profile of its own has to come with them. */
  browserSwitches: readonly string[];
  /** Operations that failed in the site, as `server: operation: result`. */
  failed: readonly string[];
  /** Starts an image as a machine of the site, where the engine can. */
  guest(image: string): Promise<Guest>;
  /** Why another site cannot take the place of this one in the same lab; undefined: it can. */
  cannot(other: Site): string | undefined;
  /** Puts another site in its place, and takes its connectors as far as they come in it. @throws CannotError */
  change(other: Site): Promise<void>;
  /** Lets lab time pass as fast as time does, until the signal. `between`: what is done between two steps of it. */
  stay(between?: () => Promise<void>): Promise<void>;
}

/** What else is said about a lab that is kept. */
export interface Holding {
  onEvent?: (event: LabEvent) => void;
  /** Where its proxy listens; else on a free port of the loopback address. */
  listen?: ListenAddress | undefined;
}

/**
 * Opens a site's lab and takes its connectors as far as they come. They register through the
 * documented site first, so that one mistake of the site does not hide the rest, as in `check`.
 * @throws NoEngineError where the engine cannot do the site; the signal's reason where it comes first; ListenError
 */
export async function holdLab(
  site: Site,
  engine: Engine,
  signal: AbortSignal,
  { onEvent, listen }: Holding = {},
): Promise<HeldLab> {
  const cannot = engine.cannot(site);
  if (cannot) throw new NoEngineError(`${cannot}; use --engine embedded`);
  const around = surroundings(site);
  const failed: string[] = [];
  const record = (event: LabEvent) => {
    if (event.kind === 'operation' && event.phase === 'change' && event.outcome !== 'ok')
      failed.push(`${event.machine}: ${event.operation}: ${event.outcome}`);
    onEvent?.(event);
  };
  const lab = await engine.open(asDocumented(site), { scenario: 'up', startAt: Date.now(), record });
  const live = async () => {
    for (const { name } of site.servers)
      for (const step of steps.operate(name, ...life)) {
        signal.throwIfAborted();
        await lab.perform(step);
      }
  };
  const change = async (to: Site) => {
    lab.begin('change', to.site);
    await lab.change(to);
    await live();
  };
  let proxy: LoopbackProxy;
  try {
    await live();
    await change(site);
    proxy = await loopbackProxy(lab.dialer(), listen);
  } catch (error) {
    await lab[Symbol.asyncDispose]();
    throw error;
  }
  return {
    proxy: proxy.url,
    roots: lab.trust.roots,
    browserSwitches: browserSwitches(proxy.url, lab.trust),
    failed,
    guest(image) {
      if (!lab.guest) throw new NoEngineError(`the ${engine.name} engine has no machines`);
      return lab.guest(image);
    },
    cannot: (other) => engine.cannot(other) ?? (surroundings(other) === around ? undefined : anew),
    change,
    async stay(between) {
      for (let last = performance.now(); !signal.aborted; ) {
        await setTimeout(stepMs, undefined, { signal }).catch(() => {});
        if (!signal.aborted) await between?.().catch(unlessAborted(signal));
        const ms = Math.round(performance.now() - last);
        await lab.perform({ do: 'pass', ms });
        last += ms;
      }
    },
    async [Symbol.asyncDispose]() {
      await proxy[Symbol.asyncDispose]();
      await lab[Symbol.asyncDispose]();
    },
  };
}

/** What a lab cannot change while it stands. */
function surroundings(site: Site): string {
  return JSON.stringify({ ...asDocumented(site), site: '' });
}
const anew =
  'servers, accounts, applications, tenant and cloud are of the lab itself: end it, and start it again';

/** What Ctrl-C ends in the middle is no failure. */
function unlessAborted(signal: AbortSignal): (error: unknown) => void {
  return (error) => {
    if (!signal.aborted) throw error;
  };
}
