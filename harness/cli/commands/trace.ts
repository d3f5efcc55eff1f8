import { examples, type Register } from '../command.js';
import { exitCodes } from '../exit-codes.js';
import { engine, json, needs } from '../options.js';

export const register: Register = (program, { signal, end }) => {
  program
    .command('trace')
    .description('say what each device on the way would do with one connection, before anything runs')
    .argument('<site>', 'site file (YAML or JSON)')
    .argument('<server>', 'who dials')
    .argument('<account>', 'as which Windows account')
    .argument('<host:port>', 'where to')
    .option('--stack <stack>', "through which network stack; by default the one that is the account's own")
    .option('--live', 'send it through a lab as well, and compare what the devices recorded')
    .addOption(engine())
    .addOption(json())
    .addHelpText(
      'after',
      examples('connector-lab trace site.yaml app-proxy-01 local-system crl3.digicert.com:80'),
    )
    .action(async (file, server, account, target, flags, command) => {
      if (command.getOptionValueSource('engine') === 'cli') needs(command, 'engine', 'live');
      const { trace } = await import('../trace.js');
      const { wayInWords } = await import('../way-in-words.js');
      const { stack } = flags;
      const options = {
        signal,
        ...(stack !== undefined && { stack }),
        ...(flags.live && { live: flags.engine }),
      };
      const { way, madeUp, lab } = await trace(file, server, account, target, options);
      const all = lab ? { ...way, lab } : way;
      const note = madeUp ? '\nThe lab has no such host: it is taken to be where others of its row are.' : '';
      process.stdout.write(
        `${flags.json ? JSON.stringify(all, null, 2) : `${wayInWords(way, lab)}${note}`}\n`,
      );
      if (lab && lab.differences.length > 0) return end(exitCodes.defect);
      const isOpen = way.stops.length === 0 && way.hops.every(({ notJudged }) => !notJudged);
      end(isOpen ? exitCodes.ok : exitCodes.unexpected);
    });
};
