import { Option } from '@commander-js/extra-typings';
import { examples, type Register } from '../command.js';
import { needs, without } from '../options.js';
import { probeOptions } from '../probe-options.js';

export const register: Register = (program, { signal, end }) => {
  probeOptions(program.command('probe'))
    .option('--in <site>', 'on the servers of a site file instead, which is set up for it')
    .addOption(
      new Option(
        '--engine <engine>',
        'with --in: what that lab runs on; containers: the probe is a program there',
      )
        .choices(['embedded', 'containers'] as const)
        .default('embedded' as const),
    )
    .addHelpText(
      'after',
      examples(
        'connector-lab probe --tenant 11111111-2222-3333-4444-555555555555',
        'connector-lab probe --proxy proxy.contoso.test:8080 --redact',
        'connector-lab probe --in site.yaml',
        'connector-lab probe --in site.yaml --engine containers',
      ),
    )
    .action(async (options, command) => {
      needs(command, 'engine', 'in');
      const ofThisMachine = ['tenant', 'endpoints', 'proxy', 'bypass', 'pac', 'direct', 'resolver'];
      without(command, ofThisMachine, 'in', 'the site file says it');
      end(await (await import('../probe.js')).probe({ ...options, signal }));
    });
};
