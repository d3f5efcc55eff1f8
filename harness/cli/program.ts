import { Command } from '@commander-js/extra-typings';
import { examples } from './command.js';
import { output, runCommandLine } from './command-line.js';
import { commandGroups } from './commands/index.js';
import { tellNearestChoices } from './nearest-choice.js';
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
      // Their arguments would leave no room for what they do.
      .configureHelp({ subcommandTerm: (command) => command.name() })
      .configureOutput(output)
      .addHelpText(
        'after',
        `\nconnector-lab <command> --help has a command's arguments and options.\n${examples(
          'connector-lab check site.yaml',
          'connector-lab import edge.rules --into site.yaml',
          'connector-lab run tls/ ports/outbound-80',
        )}`,
      );
    for (const { heading, commands } of commandGroups) {
      program.commandsGroup(heading);
      for (const register of commands) register(program, session);
    }
    for (const command of program.commands) {
      command.showHelpAfterError(`(connector-lab ${command.name()} --help shows what it takes)`);
      tellNearestChoices(command);
    }
    return program;
  }, args);
}
