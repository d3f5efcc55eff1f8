import { setTimeout } from 'node:timers/promises';
import type { LabEvent } from '../../model/evidence/event.js';
import type { Operation } from '../../model/evidence/vocabulary.js';
import { steps } from '../../model/scenario/step.js';
import type { Site } from '../../model/site/schema.js';
import { browserSwitches } from '../engines/browser-switches.js';
import { type Engine, NoEngineError } from '../engines/engine.js';
import { loopbackProxy } from '../engines/loopback-proxy.js';
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
  /** Lets lab time pass as fast as time does, until the signal. */
  stay(): Promise<void>;
}

/**
 * Opens a site's lab and takes its connectors as far as they come. They register through the
 * documented site first, so that one mistake of the site does not hide the rest, as in `check`.
 * @throws NoEngineError where the engine cannot do the site; the signal's reason where it comes first
 */
export async function holdLab(site: Site, engine: Engine, signal: AbortSignal): Promise<HeldLab> {
  const cannot = engine.cannot(site);
  if (cannot) throw new NoEngineError(cannot);
  const failed: string[] = [];
  const record = (event: LabEvent) => {
    if (event.kind === 'operation' && event.phase === 'change' && event.outcome !== 'ok')
      failed.push(`${event.machine}: ${event.operation}: ${event.outcome}`);
  };
  const lab = await engine.open(asDocumented(site), { scenario: 'up', startAt: Date.now(), record });
  const live = async () => {
    for (const { name } of site.servers)
      for (const step of steps.operate(name, ...life)) {
        signal.throwIfAborted();
        await lab.perform(step);
      }
  };
  try {
    await live();
    lab.begin('change', site.site);
    await lab.change(site);
    await live();
  } catch (error) {
    await lab[Symbol.asyncDispose]();
    throw error;
  }
  const proxy = await loopbackProxy(lab.dialer());
  return {
    proxy: proxy.url,
    roots: lab.trust.roots,
    browserSwitches: browserSwitches(proxy.url, lab.trust),
    failed,
    async stay() {
      for (let last = performance.now(); !signal.aborted; ) {
        await setTimeout(stepMs, undefined, { signal }).catch(() => {});
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
