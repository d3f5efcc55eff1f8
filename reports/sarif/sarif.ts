import { printable } from '../../model/evidence/printable.js';
import type { RequirementResults, RunResults } from '../../model/verdict/results.js';
import { RuleSources } from '../../model/verdict/rule-sources.js';
import { cleanJson } from '../contract/clean.js';
import { sourceOf } from '../contract/request-why.js';
import { type Finding, findingsInFiles } from './findings.js';
import { fingerprints } from './fingerprints.js';

/** The rule of a result that breaks nothing on the list of requirements. */
const noRequirement = 'connector-lab/site';
/** GitHub cuts descriptions of rules there. Characters. */
const longestDescription = 1024;

/**
 * SARIF 2.1.0 (OASIS) as GitHub's code scanning takes it: a result for each line of a customer's file that
 * closes what has to be open, or of which nobody knows whether it does. Undefined where no rule of the site
 * was read in another file, and where nothing is said of the site: what was told before stands then.
 */
export function renderSarif({ check, scenarios, sites, requirements }: RunResults): string | undefined {
  const site = sites[scenarios[0]?.site ?? ''];
  if (
    !check ||
    !site ||
    check.outcome === 'control-failed' ||
    check.outcome === 'lab-failed' ||
    new RuleSources(site).isEmpty
  )
    return undefined;
  const findings = findingsInFiles(check);
  const ids = [...new Set(findings.flatMap(idsOf))];
  const prints = fingerprints(findings.map((one) => [idsOf(one), one.source.file, one.stable]));
  const known = new Map(requirements.map((one) => [one.id, one]));
  const log = {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: { driver: { name: 'connector-lab', rules: ids.map((id) => descriptor(id, known.get(id))) } },
        originalUriBaseIds: {
          '%SRCROOT%': { description: { text: 'The folder in which the files were imported.' } },
        },
        results: findings.map((one, index) => ({
          ...resultOf(one, ids),
          partialFingerprints: { primaryLocationLineHash: prints[index] },
        })),
      },
    ],
  };
  return `${JSON.stringify(JSON.parse(cleanJson(log)), null, 2)}\n`;
}

/** The requirements are the rules; the first of a result is its own, since SARIF knows one. */
function idsOf({ requirements }: Finding): readonly string[] {
  return requirements.length > 0 ? requirements : [noRequirement];
}

function resultOf(finding: Finding, ids: readonly string[]) {
  const { level, text, source } = finding;
  const own = idsOf(finding);
  return {
    ruleId: own[0],
    ruleIndex: ids.indexOf(own[0] ?? ''),
    level,
    message: { text },
    locations: [
      {
        physicalLocation: {
          artifactLocation: { uri: uriOf(source.file), uriBaseId: '%SRCROOT%' },
          region: { startLine: source.line },
        },
      },
    ],
    properties: { requirements: own },
  };
}

function descriptor(id: string, requirement: RequirementResults | undefined) {
  const text = (requirement?.statement ?? 'What the site needs beside the requirements page').slice(
    0,
    longestDescription,
  );
  const address = requirement?.page?.address;
  return {
    id,
    shortDescription: { text },
    fullDescription: { text },
    help: { text: requirement ? `${text} (${sourceOf(requirement)})` : text },
    ...(address !== undefined && { helpUri: address }),
    defaultConfiguration: { level: 'error' },
  };
}

/** A path as a relative URI: spaces and what a URI has other uses for are written with `%`. */
function uriOf(file: string): string {
  return printable(file).split('/').map(encodeURIComponent).join('/');
}
