import { createRequire } from 'node:module';
import { Command, CommanderError, InvalidArgumentError, Option } from '@commander-js/extra-typings';
import { report } from './errors.js';
import { exitCodes } from './exit-codes.js';

/** By the package's own name: sources and `dist` are at different depths. */
const { version } = createRequire(import.meta.url)('connector-lab/package.json') as { version: string };

const engine = () =>
  new Option('--engine <engine>', 'what the lab runs on')
    .choices(['auto', 'embedded', 'containers'] as const)
    .env('CONNECTOR_LAB_ENGINE')
    .default('auto' as const);
const out = () =>
  new Option('--out <folder>', 'where evidence, results and reports go').default('connector-lab-out');
const baseline = () =>
  new Option(
    '--baseline <file>',
    'results.json of an earlier run: only what deviates from it makes the exit code 1',
  );
const expectedFailures = () =>
  new Option(
    '--expected-failures <file>',
    'YAML list of { scenario, reason, until }: these may fail until the end of that day',
  );
const updateBaseline = () =>
  new Option(
    '--update-baseline',
    'write the results to the --baseline file, unless something failed that nobody declared',
  );
const slowerThan = () =>
  new Option('--slower-than <factor>', 'tell what takes more than so many times as long as in the baseline')
    .argParser(factor)
    .default(2);
const github = () =>
  new Option(
    '--github',
    'annotations and job summary, as on GitHub Actions (default there: GITHUB_ACTIONS=true)',
  );
const pcap = () => new Option('--pcap', 'packets and TLS keys of every machine, into evidence/ (containers)');
const json = () => new Option('--json', 'print only JSON on standard output');

/** Runs a command line; returns the exit code. Commands' code is loaded when they are called. */
export async function main(args: readonly string[]): Promise<number> {
  using interrupt = onInterrupt();
  const interrupted = interrupt.signal;
  let code: number = exitCodes.ok;
  const program = new Command('connector-lab')
    .description(
      'Proves, by running it, what a network must let through for a Microsoft Entra private network connector.',
    )
    .version(version)
    .showSuggestionAfterError()
    .showHelpAfterError('(connector-lab --help shows all commands)')
    .exitOverride()
    .addHelpText(
      'after',
      examples([
        'connector-lab run',
        'connector-lab run tls/ ports/outbound-80',
        'connector-lab check site.yaml',
      ]),
    );

  program
    .command('run')
    .description('run scenarios: control, change, restore; write evidence, results and report')
    .argument('[pattern...]', 'parts of scenario ids, or ids with *')
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
      examples([
        'connector-lab run',
        'connector-lab run hosts/ --workers 1',
        'connector-lab run --requirement tls/no-inspection',
        'connector-lab run --failed',
        'connector-lab run --shard 2/3 --durations last.json --out shard-2',
        'connector-lab run --repeat 20 tls/',
        'connector-lab run --baseline baseline.json --expected-failures expected.yaml',
      ]),
    )
    .action(async (patterns, options) => {
      code = await (await import('./run.js')).run(patterns, { ...options, signal: interrupted });
    });

  program
    .command('list')
    .description('list scenarios, or requirements with the scenarios that prove them')
    .argument('[pattern...]', 'parts of scenario ids, or ids with *')
    .option('--requirements', 'requirements instead of scenarios')
    .addOption(json())
    .addHelpText('after', examples(['connector-lab list tls/', 'connector-lab list --requirements --json']))
    .action(async (patterns, options) => {
      code = await (await import('./list.js')).list(patterns, options);
    });

  program
    .command('check')
    .description(
      'take a connector through its whole life in a site; say which requirements break, by which device and rule',
    )
    .argument('<site>', 'site file (YAML or JSON)')
    .addOption(engine())
    .addOption(github())
    .addOption(pcap())
    .addOption(out())
    .addOption(json())
    .addHelpText(
      'after',
      examples([
        'connector-lab check scenarios/sites/three-mistakes.yaml',
        'connector-lab check site.yaml --json',
      ]),
    )
    .action(async (site, options) => {
      code = await (await import('./check.js')).check(site, { ...options, signal: interrupted });
    });

  program
    .command('up')
    .description('keep the lab of a site, and say how to get in with a browser or curl')
    .argument('<site>', 'site file (YAML or JSON)')
    .addOption(engine())
    .addOption(out())
    .addHelpText('after', examples(['connector-lab up scenarios/sites/documented.yaml']))
    .action(async (site, options) => {
      code = await (await import('./up.js')).up(site, { ...options, signal: interrupted });
    });

  program
    .command('ablate')
    .description(
      'take every documented host away in turn: which steps need it, and whether the list is enough',
    )
    .option('--rows <pattern>', 'only rows whose host or host:port contains this')
    .addOption(engine())
    .addOption(out())
    .addOption(json())
    .addHelpText('after', examples(['connector-lab ablate', 'connector-lab ablate --rows digicert']))
    .action(async (options) => {
      code = await (await import('./ablate.js')).ablate({ ...options, signal: interrupted });
    });

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
    .addOption(baseline())
    .addOption(expectedFailures())
    .addOption(updateBaseline())
    .addOption(slowerThan())
    .addOption(github())
    .addOption(json())
    .addHelpText(
      'after',
      examples([
        'connector-lab report',
        'connector-lab report shard-1 shard-2 shard-3 --out merged',
        'connector-lab report merged --baseline baseline.json --update-baseline',
      ]),
    )
    .action(async (places, options) => {
      code = await (await import('./report.js')).report(places, options);
    });

  program
    .command('doctor')
    .description('say what this machine can do, and what to do about the rest')
    .addOption(json())
    .addHelpText('after', examples(['connector-lab doctor', 'connector-lab doctor --json']))
    .action(async (options) => {
      code = await (await import('./doctor.js')).doctor(options);
    });

  program
    .command('images')
    .description('build the image of the containers engine, where it is not there already')
    .addHelpText('after', examples(['connector-lab images']))
    .action(async () => {
      code = await (await import('./images.js')).images();
    });

  program
    .command('clean')
    .description('remove containers and networks of runs that ended without doing so')
    .option('--images', 'the images of the lab as well')
    .option('--kept', 'labs that run --keep left standing as well')
    .addOption(json())
    .addHelpText('after', examples(['connector-lab clean', 'connector-lab clean --images']))
    .action(async (options) => {
      code = await (await import('./clean.js')).clean(options);
    });

  try {
    await program.parseAsync(args, { from: 'user' });
    return code;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? exitCodes.ok : exitCodes.usage;
    return report(error, interrupted);
  }
}

function examples(lines: readonly string[]): string {
  return `\nExamples:\n${lines.map((line) => `  $ ${line}`).join('\n')}\n`;
}

function wholeNumber(most: number): (text: string) => number {
  return (text) => {
    const number = Number(text);
    if (!Number.isInteger(number) || number < 1 || number > most)
      throw new InvalidArgumentError(`a whole number from 1 to ${most}.`);
    return number;
  };
}

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

function factor(text: string): number {
  const number = Number(text);
  if (!(number >= 1 && number <= 1000))
    throw new InvalidArgumentError('a number from 1 to 1000, such as 1.5.');
  return number;
}

/** The first Ctrl-C ends cleanly, with what has finished written down; the second ends at once. */
function onInterrupt(): Disposable & { signal: AbortSignal } {
  const controller = new AbortController();
  const stop = () => {
    if (controller.signal.aborted) process.exit(exitCodes.interrupted);
    process.stderr.write(
      '\nInterrupted: closing the lab and writing what has finished (again to end at once) …\n',
    );
    controller.abort(new Error('interrupted'));
  };
  const signals = ['SIGINT', 'SIGTERM'] as const;
  for (const signal of signals) process.on(signal, stop);
  return {
    signal: controller.signal,
    [Symbol.dispose]() {
      for (const signal of signals) process.off(signal, stop);
    },
  };
}
