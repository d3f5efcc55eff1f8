import { createRequire } from 'node:module';
import { Command, CommanderError } from '@commander-js/extra-typings';
import { examples } from './command.js';
import { commands } from './commands/index.js';
import { report } from './errors.js';
import { exitCodes } from './exit-codes.js';

/** By the package's own name: sources and `dist` are at different depths. */
const { version } = createRequire(import.meta.url)('connector-lab/package.json') as { version: string };

/** Runs a command line; returns the exit code. */
export async function main(args: readonly string[]): Promise<number> {
  using interrupt = onInterrupt();
  const { signal } = interrupt;
  let code: number = exitCodes.ok;
  const end = (told: number) => {
    code = told;
  };
  const program = new Command('connector-lab')
    .description(
      'Proves, by running it, what a network must let through for a Microsoft Entra private network connector.',
    )
    .version(version)
    .showSuggestionAfterError()
    .showHelpAfterError('(connector-lab --help shows all commands)')
    .exitOverride()
    .addHelpText(
      'after',
      examples(
        'connector-lab run',
        'connector-lab run tls/ ports/outbound-80',
        'connector-lab check site.yaml',
      ),
    );
  for (const register of commands) register(program, { signal, end });
  try {
    await program.parseAsync(args, { from: 'user' });
    return code;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? exitCodes.ok : exitCodes.usage;
    return report(error, signal);
  }
}

/** The first Ctrl-C ends cleanly, with what has finished written down; the second ends at once. */
function onInterrupt(): Disposable & { signal: AbortSignal } {
  const controller = new AbortController();
  const stop = () => {
    if (controller.signal.aborted) process.exit(exitCodes.interrupted);
    process.stderr.write(
      '\nInterrupted: closing the lab and writing what has finished (again to end at once) …\n',
    );
    controller.abort(new Error('interrupted'));
  };
  // SIGHUP: the terminal was closed, or the connection to the computer was lost.
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
  for (const signal of signals) process.on(signal, stop);
  return {
    signal: controller.signal,
    [Symbol.dispose]() {
      for (const signal of signals) process.off(signal, stop);
    },
  };
}
