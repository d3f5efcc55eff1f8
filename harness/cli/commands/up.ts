import { InvalidArgumentError, Option } from '@commander-js/extra-typings';
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
    .addOption(
      new Option(
        '--listen <[address:]port>',
        'where its proxy listens (default: a free port of this computer’s loopback address)',
      )
        .env('CONNECTOR_LAB_LISTEN')
        .argParser(address),
    )
    .addHelpText(
      'after',
      examples(
        'connector-lab up site.yaml',
        'connector-lab up site.yaml --client my-connector:latest',
        'connector-lab up site.yaml --listen 8080',
      ),
    )
    .action(async (site, options) => end(await (await import('../up.js')).up(site, { ...options, signal })));
};

function address(text: string): { host: string; port: number } {
  const [, bracketed, plain, digits] =
    /^(?:(?:\[([\da-fA-F:]+)\]|([\d.]+|localhost)):)?(\d{1,5})$/.exec(text) ?? [];
  const port = Number(digits);
  if (!(port >= 0 && port <= 65_535))
    throw new InvalidArgumentError('a port, or an address and a port, such as 8080 or 0.0.0.0:8080.');
  return { host: bracketed ?? plain ?? '127.0.0.1', port };
}
