import { examples, type Register } from '../command.js';
import { edition, engine, github, json, out, pcap } from '../options.js';

export const register: Register = (program, { signal, end }) => {
  program
    .command('check')
    .description(
      'take a connector through its whole life in a site; say which requirements break, by which device and rule',
    )
    .argument('<site>', 'site file (YAML or JSON)')
    .addOption(
      edition(
        "edition of the requirements page to judge by (default: the site file's own, else 2023-08-09, which the catalogue proves, and by which a closed policykeyservice.dc.ad.msft.net breaks a site)",
      ),
    )
    .addOption(engine())
    .addOption(github())
    .addOption(pcap())
    .addOption(out())
    .addOption(json())
    .addHelpText(
      'after',
      examples(
        'connector-lab check site.yaml',
        'connector-lab check site.yaml --json',
        'connector-lab check site.yaml --edition 2026-02-04',
      ),
    )
    .action(async (site, options) =>
      end(await (await import('../check.js')).check(site, { ...options, signal })),
    );
};
