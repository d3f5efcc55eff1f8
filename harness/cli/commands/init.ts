import { Option } from '@commander-js/extra-typings';
import { examples, type Register } from '../command.js';

export const register: Register = (program, { signal, end }) => {
  program
    .command('init')
    .description('write a first site file, a scenario for your own suite and a CI workflow; check the site')
    .argument('[folder]', 'where they go', '.')
    .option('--name <name>', 'what the site is called')
    .option('--server <name...>', 'the servers on which connectors run')
    .option('--proxy <address>', 'an explicit proxy that they have to use, as host:port')
    .addOption(
      new Option('--cloud <cloud>', 'the cloud of the tenant').choices(['public', 'us-government'] as const),
    )
    .addOption(
      new Option('--ci <system>', 'for which a workflow is written').choices([
        'github',
        'gitlab',
        'none',
      ] as const),
    )
    .option('--yes', 'ask nothing: what is not said is as documented')
    .addHelpText(
      'after',
      examples(
        'connector-lab init',
        'connector-lab init network --yes',
        'connector-lab init --server app-proxy-01 --proxy proxy.contoso.test:8080',
      ),
    )
    .action(async (folder, flags) =>
      end(await (await import('../init.js')).init(folder, { ...flags, signal })),
    );
};
