import { examples, type Register } from '../command.js';
import { json } from '../options.js';

export const register: Register = (program, { end }) => {
  program
    .command('clean')
    .description('remove containers of runs that ended without doing so')
    .option('--images', 'the images of the lab as well')
    .option('--kept', 'labs that run --keep left standing as well')
    .addOption(json())
    .addHelpText('after', examples('connector-lab clean', 'connector-lab clean --images'))
    .action(async (options) => end(await (await import('../clean.js')).clean(options)));
};
