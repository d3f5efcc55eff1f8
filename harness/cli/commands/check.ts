import { examples, type Register } from '../command.js';
import { engine, github, json, out, pcap } from '../options.js';

export const register: Register = (program, { signal, end }) => {
  program
    .command('check')
    .description(
      'take a connector through its whole life in a site; say which requirements break, by which device and rule',
    )
    .argument('<site>', 'site file (YAML or JSON)')
    .addOption(engine())
    .addOption(github())
    .addOption(pcap())
    .addOption(out())
    .addOption(json())
    .addHelpText(
      'after',
      examples(
        'connector-lab check scenarios/sites/three-mistakes.yaml',
        'connector-lab check site.yaml --json',
      ),
    )
    .action(async (site, options) =>
      end(await (await import('../check.js')).check(site, { ...options, signal })),
    );
};
