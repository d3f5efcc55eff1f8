import { examples, type Register } from '../command.js';
import { engine, out } from '../options.js';

export const register: Register = (program, { signal, end }) => {
  program
    .command('up')
    .description('keep the lab of a site, and say how to get in with a browser or curl')
    .argument('<site>', 'site file (YAML or JSON)')
    .addOption(engine())
    .addOption(out())
    .addHelpText('after', examples('connector-lab up scenarios/sites/documented.yaml'))
    .action(async (site, options) => end(await (await import('../up.js')).up(site, { ...options, signal })));
};
