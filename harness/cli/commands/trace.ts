import type { Way } from '../../../model/path/way.js';
import type { NearRule } from '../../../model/policy/nearest-rule.js';
import { examples, type Register } from '../command.js';
import { exitCodes } from '../exit-codes.js';
import { json } from '../options.js';

export const register: Register = (program, { end }) => {
  program
    .command('trace')
    .description('say what each device on the way would do with one connection, before anything runs')
    .argument('<site>', 'site file (YAML or JSON)')
    .argument('<server>', 'who dials')
    .argument('<account>', 'as which Windows account')
    .argument('<host:port>', 'where to')
    .addOption(json())
    .addHelpText(
      'after',
      examples(
        'connector-lab trace site.yaml app-proxy-01 network-service crl3.digicert.com:80',
        'connector-lab trace site.yaml app-proxy-01 administrator login.microsoftonline.com:443 --json',
      ),
    )
    .action(async (file, server, account, target, flags) => {
      const { trace } = await import('../trace.js');
      const way = await trace(file, server, account, target);
      process.stdout.write(`${flags.json ? JSON.stringify(way, null, 2) : wayInWords(way)}\n`);
      end(way.stops.length === 0 ? exitCodes.ok : exitCodes.unexpected);
    });
};

function wayInWords({ flow, hops, outcome, stops }: Way): string {
  const { server, account, stack, host, port } = flow;
  const rows = hops.map(({ device, from, action, rule, explanation, result, near }) => [
    `${result ? '✗' : ' '} ${device.padEnd(16)} ${action.padEnd(12)} ${rule ?? ''}`.trimEnd(),
    `    ${from === server ? '' : `(of the ${from}) `}${explanation}`,
    ...(near ? [`    nearest: ${nearInWords(near)}`] : []),
  ]);
  const [first, ...behind] = stops;
  const also = behind.length > 0 ? ` Then ${behind.map(({ device }) => device).join(', ')} would.` : '';
  return [
    `${server} (${account}, ${stack} stack) to ${host}:${port}`,
    '',
    ...rows.flat(),
    '',
    first ? `${outcome}: ${first.device} stops it.${also}` : 'It comes through.',
  ].join('\n');
}

function nearInWords({ rule, index, why }: NearRule): string {
  return `${index === undefined ? '' : `rule ${index + 1}, `}"${rule}", ${why}`;
}
