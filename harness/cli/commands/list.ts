import { examples, type Register } from '../command.js';
import { json, pattern } from '../options.js';

export const register: Register = (program, { end }) => {
  program
    .command('list')
    .description('list scenarios, or requirements with the scenarios that prove them')
    .argument('[pattern...]', 'parts of ids, or ids with *', pattern, [])
    .option('--requirements', 'requirements instead of scenarios')
    .addOption(json())
    .addHelpText(
      'after',
      examples('connector-lab list tls/', 'connector-lab list --requirements hosts/ --json'),
    )
    .action(async (patterns, options) => end(await (await import('../list.js')).list(patterns, options)));
};
