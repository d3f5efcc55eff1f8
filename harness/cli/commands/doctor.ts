import { examples, type Register } from '../command.js';
import { json } from '../options.js';

export const register: Register = (program, { signal, end }) => {
  program
    .command('doctor')
    .description('say what this machine can do, and what to do about the rest')
    .addOption(json())
    .addHelpText('after', examples('connector-lab doctor', 'connector-lab doctor --json'))
    .action(async (options) => end(await (await import('../doctor.js')).doctor({ ...options, signal })));
};
