import { InvalidArgumentError } from '@commander-js/extra-typings';
import { publicDates } from '../../../model/requirements/editions/dates.js';
import { examples, type Register } from '../command.js';
import {
  baseline,
  edition,
  engine,
  expectedFailures,
  github,
  json,
  needs,
  out,
  pattern,
  pcap,
  slowerThan,
  updateBaseline,
  wholeNumber,
} from '../options.js';

export const register: Register = (program, { signal, end }) => {
  program
    .command('run')
    .description('run scenarios: control, change, restore; write evidence, results and report')
    .argument('[pattern...]', 'parts of scenario ids, or ids with *', pattern, [])
    .option('--requirement <id>', 'only scenarios that prove this requirement')
    .option('--failed', 'only scenarios that failed, or did not end, in the results in --out')
    .option('--workers <n>', 'how many run at a time', wholeNumber(64))
    .option('--keep', 'leave the lab of a scenario that fails standing, as it was then (containers)')
    .addOption(pcap())
    .option('--shard <i/n>', 'only part i of n parts that take about equally long', shard)
    .option('--durations <file>', 'results.json by whose times parts are made (default: that in --out)')
    .option(
      '--repeat <n>',
      'run each scenario so often; tell how often and why it differed',
      wholeNumber(1000),
    )
    .option('--seed <n>', 'start scenarios in an order that follows from this number', seed)
    .addOption(
      edition('requirements of this edition of the page are counted; each site is judged by its own').default(
        publicDates[0],
      ),
    )
    .addOption(baseline())
    .addOption(expectedFailures())
    .addOption(updateBaseline())
    .addOption(slowerThan())
    .addOption(github())
    .addOption(engine())
    .addOption(out())
    .addOption(json())
    .addHelpText(
      'after',
      examples(
        'connector-lab run',
        'connector-lab run hosts/ --workers 1',
        'connector-lab run --requirement tls/no-inspection',
        'connector-lab run --edition 2026-02-04',
        'connector-lab run --failed',
        'connector-lab run --shard 2/3 --durations last.json --out shard-2',
        'connector-lab run --repeat 20 tls/',
        'connector-lab run --baseline baseline.json --expected-failures expected.yaml',
      ),
    )
    .action(async (patterns, options, command) => {
      needs(command, 'durations', 'shard');
      needs(command, 'slowerThan', 'baseline');
      needs(command, 'updateBaseline', 'baseline');
      end(await (await import('../run.js')).run(patterns, { ...options, signal }));
    });
};

function shard(text: string): { index: number; total: number } {
  const [, index = 0, total = 0] = /^(\d{1,4})\/(\d{1,4})$/.exec(text)?.map(Number) ?? [];
  if (index < 1 || index > total)
    throw new InvalidArgumentError('i/n, such as 2/3 for the second of three parts.');
  return { index, total };
}

function seed(text: string): number {
  const number = Number(text);
  if (!Number.isInteger(number) || number < 0 || number > 0xffff_ffff)
    throw new InvalidArgumentError('a whole number from 0 to 4294967295.');
  return number;
}
