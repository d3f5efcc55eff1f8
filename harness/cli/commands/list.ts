import { examples, type Register } from '../command.js';
import { edition, json, needs, pattern } from '../options.js';

export const register: Register = (program, { end }) => {
  program
    .command('list')
    .description('list scenarios, or requirements with the scenarios that prove them')
    .argument('[pattern...]', 'parts of ids, or ids with *', pattern, [])
    .option('--requirements', 'requirements instead of scenarios')
    .addOption(edition('with --requirements: those of this edition of the page (default: 2023-08-09)'))
    .addOption(json())
    .addHelpText(
      'after',
      examples(
        'connector-lab list tls/',
        'connector-lab list --requirements hosts/ --json',
        'connector-lab list --requirements --edition 2026-02-04',
      ),
    )
    .action(async (patterns, options, command) => {
      needs(command, 'edition', 'requirements');
      end(await (await import('../list.js')).list(patterns, options));
    });
};
