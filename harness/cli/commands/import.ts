import { Option } from '@commander-js/extra-typings';
import { sides } from '../../../model/import/combine.js';
import { examples, type Register } from '../command.js';
import { address, json } from '../options.js';

export const register: Register = (program, { end }) => {
  program
    .command('import')
    .description(
      'make a site file of files that people have: firewall rules, tables of hosts, proxy settings',
    )
    .argument(
      '<file...>',
      'iptables-save, nft list ruleset, Windows firewall rules (reg export), Azure Firewall JSON, a FortiOS configuration, PAN-OS in set form, a CSV table, squid.conf with the files that it names, a hosts file, a PAC file, netsh winhttp show proxy, a .NET configuration',
    )
    .addOption(
      new Option(
        '--as <side>',
        'whose firewall it is, or proxy for a table of what one lets through',
      ).choices(sides),
    )
    .option('--into <site>', 'write it into this site file, in the place of what that says of the same')
    .option(
      '--check',
      'write nothing: say whether the site of --into is as the files say (exit code 1: it is not)',
    )
    .option('--server-address <address>', "the connector server's address, for rules about sources", address)
    .option('--proxy-address <address>', "the proxy's address, for rules at the edge about sources", address)
    .option('--comes-by <interface>', "the firewall's interface at which its connections arrive")
    .option('--goes-by <interface>', 'the one by which they leave')
    .addOption(json())
    .addHelpText(
      'after',
      examples(
        'connector-lab import edge.rules --into site.yaml',
        'connector-lab import hosts.csv proxy.pac',
        'connector-lab import edge.rules --into site.yaml --check',
        'connector-lab import edge.rules --comes-by eth1 --goes-by eth0 --json',
        'connector-lab import fortigate.conf --comes-by port2 --goes-by wan1',
      ),
    )
    .action(async (files, options) => end(await (await import('../import.js')).importFiles(files, options)));
};
