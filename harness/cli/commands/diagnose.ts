import { examples, type Register } from '../command.js';
import { json } from '../options.js';

export const register: Register = (program, { signal, end }) => {
  program
    .command('diagnose')
    .description("say what is wrong, from what the connector's side alone can see; no device is asked")
    .argument(
      '<evidence>',
      'folder or events.jsonl that check or run wrote, evidence.json, a packet capture of the server (pcapng or pcap, read by tshark), or a site file to live in first',
    )
    .option('--scenario <id>', 'which scenario of a run with several')
    .option(
      '--address <address>',
      "the connector server's address in a capture (default: whoever opened most connections)",
    )
    .addOption(json())
    .addHelpText(
      'after',
      examples(
        'connector-lab diagnose connector-lab-out',
        'connector-lab diagnose site.yaml',
        'connector-lab diagnose evidence.json --json',
      ),
    )
    .action(async (place, options) =>
      end(await (await import('../diagnose.js')).diagnose(place, { ...options, signal })),
    );
};
