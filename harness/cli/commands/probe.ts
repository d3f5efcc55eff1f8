import { examples, type Register } from '../command.js';
import { pattern } from '../options.js';

export const register: Register = (program, { signal, end }) => {
  program
    .command('probe')
    .description(
      "the connector's own checks from this machine: what diagnose reads is written down; nothing is installed, changed or registered",
    )
    .option('--out <file>', 'where the evidence goes', 'evidence.json')
    .option(
      '--tenant <id>',
      "id of the tenant, whose hosts are tried as well (default: the installed connector's)",
    )
    .option('--in <site>', 'on the servers of a site file instead, which is set up on the embedded engine')
    .option('--endpoints <file>', "hosts to try in place of the service's: JSON, see docs/probe.md")
    .option('--proxy <host:port>', 'proxy of every network stack (default: as found on this machine)')
    .option('--bypass <host>', 'goes past that proxy; can be given several times', pattern)
    .option('--pac <file>', 'PAC file of every network stack')
    .option('--direct', 'no proxy')
    .option('--resolver <address>', "DNS server to ask in place of the system's")
    .option(
      '--hold',
      'hold connections of signalling open for four minutes, and see whether they are still there',
    )
    .option(
      '--redact',
      'write the evidence without names of servers, accounts, tenant, proxies and authorities',
    )
    .addHelpText(
      'after',
      examples(
        'connector-lab probe --tenant 11111111-2222-3333-4444-555555555555',
        'connector-lab probe --proxy proxy.contoso.test:8080 --redact',
        'connector-lab probe --in scenarios/sites/three-mistakes.yaml',
      ),
    )
    .action(async (options) => end(await (await import('../probe.js')).probe({ ...options, signal })));
};
