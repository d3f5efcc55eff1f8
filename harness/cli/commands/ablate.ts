import { examples, type Register } from '../command.js';
import { engine, json, out } from '../options.js';

export const register: Register = (program, { signal, end }) => {
  program
    .command('ablate')
    .description(
      'take every documented host away in turn: which steps need it, and whether the list is enough',
    )
    .option('--rows <pattern>', 'only rows whose host or host:port contains this')
    .option(
      '--pairs',
      'every pair of rows, too: which operation fails first, and which row hides the other (minutes)',
    )
    .addOption(engine())
    .addOption(out())
    .addOption(json())
    .addHelpText(
      'after',
      examples(
        'connector-lab ablate',
        'connector-lab ablate --rows digicert',
        'connector-lab ablate --pairs --rows :80',
      ),
    )
    .action(async (options) => end(await (await import('../ablate.js')).ablate({ ...options, signal })));
};
