import { examples, type Register } from '../command.js';

export const register: Register = (program, { signal, end }) => {
  program
    .command('reproduce')
    .description('make a site that gives the same evidence, and live in it to see whether it does')
    .argument('<evidence>', 'evidence.json of probe, or a folder or events.jsonl that check or run wrote')
    .option('--out <file>', 'where the site file goes', 'reproduced.yaml')
    .option('--scenario <id>', 'which scenario of a run with several')
    .addHelpText(
      'after',
      examples(
        'connector-lab reproduce evidence.json',
        'connector-lab reproduce evidence.json --out site.yaml',
      ),
    )
    .action(async (place, options) =>
      end(await (await import('../reproduce.js')).reproduce(place, { ...options, signal })),
    );
};
