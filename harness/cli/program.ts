import { Command } from '@commander-js/extra-typings';
import { examples } from './command.js';
import { runCommandLine } from './command-line.js';
import { commands } from './commands/index.js';
import { version } from './version.js';

/** Runs a command line; returns the exit code. */
export function main(args: readonly string[]): Promise<number> {
  return runCommandLine((session) => {
    const program = new Command('connector-lab')
      .description(
        'Proves, by running it, what a network must let through for a Microsoft Entra private network connector to work.',
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
    for (const register of commands) register(program, session);
    return program;
  }, args);
}
