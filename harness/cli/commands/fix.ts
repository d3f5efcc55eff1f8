import { examples, type Register } from '../command.js';
import { engine, json, out } from '../options.js';

export const register: Register = (program, { signal, end }) => {
  program
    .command('fix')
    .description(
      'find the smallest change after which everything works in a site, write it down, and prove it',
    )
    .argument('<site>', 'site file (YAML or JSON)')
    .addOption(engine())
    .addOption(out())
    .addOption(json())
    .addHelpText(
      'after',
      examples('connector-lab fix scenarios/sites/three-mistakes.yaml', 'connector-lab fix site.yaml --json'),
    )
    .action(async (site, options) =>
      end(await (await import('../fix.js')).fix(site, { ...options, signal })),
    );
};
