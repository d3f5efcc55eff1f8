import { setTimeout } from 'node:timers/promises';
import { toPem } from '../../mocks/pki/x509.js';
import { EmbeddedEngine } from '../engines/embedded/embedded-engine.js';
import { browserSwitches, loopbackProxy } from '../engines/embedded/loopback-proxy.js';
import { NoEngineError } from '../engines/select.js';
import type { LabEvent } from '../evidence/event.js';
import type { Operation } from '../evidence/vocabulary.js';
import type { Site } from '../site/schema.js';
import { asDocumented } from './check.js';

/** Everything up to the state in which users are served. */
const life = [
  'install',
  'sign-in',
  'register',
  'bootstrap',
  'listen',
] as const satisfies readonly Operation[];

/** Lab time follows this computer's in steps of so many milliseconds. */
const step = 500;

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
  stay(signal: AbortSignal): Promise<void>;
}

/**
 * Opens a site's lab and takes its connectors as far as they come. They register through the
 * documented site first, so that one mistake of the site does not hide the rest, as in `check`.
 * @throws NoEngineError where the embedded engine cannot do the site
 */
export async function holdLab(site: Site): Promise<HeldLab> {
  const engine = new EmbeddedEngine();
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
      for (const operation of life) await lab.perform({ do: 'operate', server: name, operation });
  };
  await live();
  lab.begin('change', site.site);
  await lab.change(site);
  await live();
  const proxy = await loopbackProxy(lab.outside);
  return {
    proxy: proxy.url,
    roots: lab.pki.roots.map(({ der }) => toPem(der)).join(''),
    browserSwitches: await browserSwitches(proxy, lab.pki),
    failed,
    async stay(signal) {
      for (let last = performance.now(); !signal.aborted; ) {
        await setTimeout(step, undefined, { signal }).catch(() => {});
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
