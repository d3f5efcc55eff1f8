import { examples, type Register } from '../command.js';
import { engine, out } from '../options.js';

export const register: Register = (program, { signal, end }) => {
  program
    .command('up')
    .description('keep the lab of a site, and say how to get in with a browser or curl')
    .argument('<site>', 'site file (YAML or JSON)')
    .addOption(engine())
    .addOption(out())
    .option(
      '--client <image>',
      'an image of the container engine is started as a machine of the site: its network, names and trusted authorities, no rights (containers)',
    )
    .addHelpText(
      'after',
      examples(
        'connector-lab up scenarios/sites/documented.yaml',
        'connector-lab up site.yaml --client my-connector:latest',
      ),
    )
    .action(async (site, options) => end(await (await import('../up.js')).up(site, { ...options, signal })));
};
