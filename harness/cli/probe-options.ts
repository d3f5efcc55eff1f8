import type { Command } from '@commander-js/extra-typings';
import { pattern } from './options.js';

/** What a probe of the machine that it runs on can be told: by the command line, and by the file that is a probe alone. */
export const probeOptions = (command: Command) =>
  command
    .description(
      "the connector's own checks from this machine: what diagnose reads is written down; nothing is installed, changed or registered",
    )
    .option('--out <file>', 'where the evidence goes', 'evidence.json')
    .option(
      '--tenant <id>',
      "id of the tenant, whose hosts are tried as well (default: the installed connector's)",
    )
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
    );
