import { examples, type Register } from '../command.js';
import { exitCodes } from '../exit-codes.js';
import { json } from '../options.js';

export const register: Register = (program, { end }) => {
  program
    .command('editions')
    .description('list the editions of the requirements page, or say what changed from one to another')
    .argument('[from]', 'date of the one that a site satisfies')
    .argument('[to]', 'date of the one that it is to satisfy; by default the newest')
    .addOption(json())
    .addHelpText('after', examples('connector-lab editions', 'connector-lab editions 2023-08-09 2026-02-04'))
    .action(async (from, to, flags) => {
      const { listOfEditions, whatChanged } = await import('../editions.js');
      process.stdout.write(from === undefined ? listOfEditions(flags) : whatChanged(from, to, flags));
      end(exitCodes.ok);
    });
};
