import type { DocumentedHost } from '../../../model/requirements/documented-host.js';
import type { Requirement } from '../../../model/requirements/requirement.js';
import { examples, type Register } from '../command.js';
import { exitCodes } from '../exit-codes.js';
import { json } from '../options.js';

export const register: Register = (program, { end }) => {
  program
    .command('explain')
    .description('say what a requirement is: who says so, what breaks without it, what proves it')
    .argument('<requirement>', 'its id, as list --requirements has it')
    .addOption(json())
    .addHelpText(
      'after',
      examples('connector-lab explain tls/no-inspection', 'connector-lab explain ports/outbound-80 --json'),
    )
    .action(async (id, flags) => end(await explain(id, flags)));
};

interface Explained extends Requirement {
  /** For a row of the page's table of hosts. */
  opens?: Pick<DocumentedHost, 'host' | 'port' | 'purpose'>;
  /** Ids of scenarios. */
  provedBy: string[];
}

/** @throws UnknownRequirementError */
async function explain(id: string, flags: { json?: true }): Promise<number> {
  const { requirement } = await import('../../../model/requirements/catalogue.js');
  const found = requirement(id);
  const { documentedHosts } = await import('../../../model/requirements/documented-hosts.js');
  const { rowId } = await import('../../../model/requirements/documented-host.js');
  const { loadCatalogue } = await import('../catalogue.js');
  const row = documentedHosts('public').find((one) => rowId(one) === id);
  const { scenarios, end } = await loadCatalogue();
  const explained: Explained = {
    ...found,
    ...(row && { opens: { host: row.host, port: row.port, purpose: row.purpose } }),
    provedBy: scenarios
      .filter(({ scenario }) => scenario.proves.some((proved) => proved === id))
      .map(({ scenario }) => scenario.id),
  };
  process.stdout.write(`${flags.json ? JSON.stringify(explained, null, 2) : inWords(explained)}\n`);
  return end(exitCodes.ok);
}

function inWords(explained: Explained): string {
  const { id, statement, strength, section, page, opens, interpreted, provedBy } = explained;
  const facts: [name: string, values: readonly string[]][] = [
    ['Strength', [strength]],
    ['Section', [section]],
    ['Page', page ? [`${page.title} (${page.date})`, page.address] : []],
    ['Read as', interpreted === undefined ? [] : [interpreted]],
    ['Opens', opens ? [`${opens.host}:${opens.port}`, opens.purpose] : []],
    [explained.holdsOnly ? 'What holds' : 'Broken', [explained.brokenLooksLike]],
    ['Proved by', provedBy.length > 0 ? provedBy : ['nothing yet']],
  ];
  const rows = facts.flatMap(([name, values]) =>
    values.map((value, index) => `${(index === 0 ? name : '').padEnd(11)}${value}`),
  );
  return [id, statement, '', ...rows].join('\n');
}
