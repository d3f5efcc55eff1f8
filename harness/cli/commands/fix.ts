import { Option } from '@commander-js/extra-typings';
import { sides } from '../../../model/import/combine.js';
import { examples, type Register } from '../command.js';
import { address, engine, json, out } from '../options.js';

export const register: Register = (program, { signal, end }) => {
  program
    .command('fix')
    .description(
      'find the smallest change after which everything works, write it down (of files to import: as a patch of them), and prove it',
    )
    .argument('<file...>', 'a site file, or files as import takes them')
    .addOption(
      new Option(
        '--as <side>',
        'whose firewall the files are, or proxy for a table of what one lets through',
      ).choices(sides),
    )
    .option('--into <site>', 'the site file that says the rest, which stays as it is')
    .option('--server-address <address>', "the connector server's address, for rules about sources", address)
    .option('--proxy-address <address>', "the proxy's address, for rules at the edge about sources", address)
    .option('--comes-by <interface>', "the firewall's interface at which its connections arrive")
    .option('--goes-by <interface>', 'the one by which they leave')
    .option(
      '--by-port',
      'in files that know no names, open ports to every host: more than the hosts of the page, as much as its ports',
    )
    .addOption(engine())
    .addOption(out())
    .addOption(json())
    .addHelpText(
      'after',
      examples(
        'connector-lab fix site.yaml',
        'connector-lab fix squid.conf proxy.pac edge.rules',
        'connector-lab fix edge.rules --comes-by eth1 --goes-by eth0 --by-port',
      ),
    )
    .action(async (files, options) =>
      end(await (await import('../fix-files.js')).fixFiles(files, { ...options, signal })),
    );
};
