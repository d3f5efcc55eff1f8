import { Command } from '@commander-js/extra-typings';
import { examples } from './command.js';
import { output, runCommandLine } from './command-line.js';
import { probeHere } from './probe-here.js';
import { probeOptions } from './probe-options.js';
import { runProcess } from './run-process.js';
import { version } from './version.js';

/**
 * `probe` and nothing else, with nothing beside it: one file for any Node (`build-probe.ts`), or one executable, for
 * servers on which nothing may be installed.
 */
const called = 'connector-lab-probe';

void runProcess((args) =>
  runCommandLine(({ signal, end }) => {
    const command = new Command(called)
      .version(version)
      .showSuggestionAfterError()
      .showHelpAfterError(`(${called} --help shows all options)`)
      .exitOverride()
      .configureOutput(output)
      .addHelpText(
        'after',
        examples(
          `${called} --tenant 11111111-2222-3333-4444-555555555555`,
          `${called} --proxy proxy.contoso.test:8080 --redact`,
        ),
      );
    return probeOptions(command).action(async (options) => end(await probeHere({ ...options, signal })));
  }, args),
);
