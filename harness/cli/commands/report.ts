import { examples, type Register } from '../command.js';
import { baseline, expectedFailures, github, json, needs, slowerThan, updateBaseline } from '../options.js';

export const register: Register = (program, { end }) => {
  program
    .command('report')
    .description(
      'judge logs again and write every report: of one folder, or of several (shards) merged into one',
    )
    .argument(
      '[results...]',
      'folders that run wrote, or the results.json in them (default: connector-lab-out)',
    )
    .option('--out <folder>', 'where the report goes (default: the one folder, or connector-lab-out)')
    .option('--pdf <file>', 'print it, too: needs Chromium, Chrome or Edge on this machine')
    .addOption(baseline())
    .addOption(expectedFailures())
    .addOption(updateBaseline())
    .addOption(slowerThan())
    .addOption(github())
    .addOption(json())
    .addHelpText(
      'after',
      examples(
        'connector-lab report',
        'connector-lab report --pdf report.pdf',
        'connector-lab report shard-1 shard-2 shard-3 --out merged',
        'connector-lab report merged --baseline baseline.json --update-baseline',
      ),
    )
    .action(async (places, options, command) => {
      needs(command, 'slowerThan', 'baseline');
      needs(command, 'updateBaseline', 'baseline');
      end(await (await import('../report.js')).report(places, options));
    });
};
