import { Command } from '@commander-js/extra-typings';
import { examples } from './command.js';
import { report } from './errors.js';
import { probeHere } from './probe-here.js';
import { probeOptions } from './probe-options.js';

/** `probe` and nothing else: one file for any Node (`build-probe.ts`), for servers on which nothing may be installed. */
const interrupt = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
  process.once(signal, () => interrupt.abort(new Error('interrupted')));
await probeOptions(new Command('connector-lab-probe'))
  .addHelpText(
    'after',
    examples('node connector-lab-probe.mjs --tenant 11111111-2222-3333-4444-555555555555'),
  )
  .action(async (options) => {
    const { signal } = interrupt;
    process.exitCode = await probeHere({ ...options, signal }).catch((error) => report(error, signal));
  })
  .parseAsync();
