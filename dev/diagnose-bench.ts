import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { selectEngine } from '../harness/engines/select.js';
import { type Diagnosis, diagnose } from '../model/diagnosis/diagnose.js';
import { type Evidence, evidenceSchema } from '../model/diagnosis/evidence.js';
import type { Site } from '../model/site/schema.js';
import { bases } from './diagnosis/bases.js';
import { alone, kinds, pairs, singles } from './diagnosis/cases.js';
import { healthySites } from './diagnosis/healthy/index.js';
import { healthyInWords } from './diagnosis/healthy/words.js';
import { Lives } from './diagnosis/live.js';
import { type Recorded, record } from './diagnosis/recorded.js';
import { isSame, observed } from './diagnosis/same.js';
import { areNamed, isNamed, namesOf } from './diagnosis/score.js';
import { Confusion, share } from './diagnosis/table.js';

/**
 * How often a diagnosis is right, measured blind: every case is lived in on the embedded engine, and
 * `diagnose` gets the evidence of the connector's side alone. With `--use reporting`, what is found is
 * written into docs/diagnose.md. `--whole` takes every pair, `--pairs COUNT` so many, drawn with a seed.
 * `--keep FOLDER` keeps evidence, so that a run can go on where it ended; `--record` writes some of it for
 * dev/diagnosis/recorded.test.ts.
 */
const { values } = parseArgs({
  options: {
    use: { type: 'string', default: 'reporting' },
    pairs: { type: 'string', default: '160' },
    whole: { type: 'boolean', default: false },
    healthy: { type: 'string', default: '200' },
    seed: { type: 'string', default: '20261129' },
    keep: { type: 'string' },
    record: { type: 'boolean', default: false },
  },
});
const use = values.use === 'training' ? 'training' : 'reporting';
const seed = Number(values.seed);
const wanted = values.whole ? Number.POSITIVE_INFINITY : Number(values.pairs);
const root = fileURLToPath(new URL('..', import.meta.url));
await using lives = new Lives(await selectEngine('embedded'));
const times: number[] = [];
let lived = 0;

/** One of so many single faults is lived in twice: what differs then is of the lab, and nobody's fault. */
const twiceOf = 8;

const recorded: Recorded[] = [];
const seenAlone = new Map<string, Set<string>>();
const confusion = new Confusion();
const missed: string[] = [];
const first = { named: 0, only: 0, of: 0 };
const twice = { same: 0, of: 0 };
for (const [index, one] of singles(use).entries()) {
  const evidence = await evidenceOf(one.id, one.site);
  const diagnosis = timed(evidence);
  const [truth] = one.truths;
  if (!truth) continue;
  const seen = observed(evidence);
  seenAlone.set(one.id, seen);
  if (index % twiceOf === 0) {
    twice.of += 1;
    if (isSame(seen, observed(await evidenceOf(`${one.id} again`, one.site)))) twice.same += 1;
  }
  recorded.push({ id: one.id, truths: one.truths, evidence });
  const isFirst = isNamed(truth, diagnosis.causes[0], evidence);
  first.of += 1;
  if (isFirst) first.named += 1;
  if (isFirst && diagnosis.causes.length === 1) first.only += 1;
  else if (!isFirst) missed.push(`${one.id}: ${namesOf(diagnosis).join(', ')}`);
  confusion.add(
    truth.rule,
    isFirst ? truth.rule : `${namesOf(diagnosis)[0]}${wrongPlace(truth.rule, diagnosis)}`,
  );
}

const both = { named: 0, of: 0, foreign: 0 };
const hidden: string[] = [];
for (const one of pairs(use, wanted, seed)) {
  const evidence = await evidenceOf(one.id, one.site);
  const diagnosis = timed(evidence);
  recorded.push({ id: one.id, truths: one.truths, evidence });
  both.of += 1;
  if (diagnosis.causes.length > 2) both.foreign += 1;
  if (areNamed(one.truths, diagnosis, evidence)) both.named += 1;
  else {
    const seen = observed(evidence);
    const as = alone(one).filter((id) => isSame(seen, seenAlone.get(id) ?? new Set()));
    if (as.length > 0) hidden.push(`${one.id}: as ${as.map(faultOf).join(' and as ')} alone`);
    else missed.push(`${one.id}: ${namesOf(diagnosis).join(', ')}`);
  }
}

const accused: string[] = [];
const drawn = healthySites(Number(values.healthy), seed);
for (const { id, traits, site } of drawn.healthy) {
  const evidence = await evidenceOf(id, site);
  recorded.push({ id, truths: [], evidence });
  const diagnosis = timed(evidence);
  if (diagnosis.outcome !== 'nothing wrong')
    accused.push(`${id} (${traits.join('; ')}): ${namesOf(diagnosis).join(', ')}`);
}

const report = [
  `Measured by \`npm run bench:diagnosis -- ${values.whole ? '--whole' : `--pairs ${values.pairs}`} --healthy ${values.healthy} --seed ${seed}\` on ${new Date().toISOString().slice(0, 10)}: ${kinds} kinds of faults in kinds of site for ${use}: ${namesFor(use)}. Rules were written looking at others alone: ${namesFor('training')}.`,
  '',
  '| | |',
  '|---|---|',
  `| single faults whose class and place came first | ${share(first.named, first.of)} |`,
  `| of these, named alone | ${share(first.only, first.of)} |`,
  `| pairs in which both were named, of those in which both can be seen | ${share(both.named, both.of - hidden.length)} |`,
  `| the same, of all pairs | ${share(both.named, both.of)} |`,
  `| pairs whose evidence is the same with and without one of the two | ${share(hidden.length, both.of)} |`,
  `| pairs with a third cause named | ${share(both.foreign, both.of)} |`,
  `| healthy sites with a cause named, or something unexplained | ${share(accused.length, drawn.healthy.length)} |`,
  `| single faults lived in twice whose evidence was the same both times | ${share(twice.same, twice.of)} |`,
  `| one diagnosis, the median | ${median(times).toFixed(0)} ms |`,
  '',
  `Pairs are drawn with a seed from all ${(kinds * (kinds - 1)) / 2} pairs of kinds in each of those sites. Where one of two faults keeps the other from being met, as behind a clock that is wrong no certificate is looked at, the evidence of the pair is that of the one alone: line by line the same observations, compared by \`dev/diagnosis/same.ts\`. No inference tells such two apart, so they are counted apart, and listed below with the fault that is seen.`,
  '',
  ...healthyInWords(drawn),
  ...confusion.lines(),
  '',
  missed.length + accused.length === 0 ? 'Nothing was missed.' : 'What was missed, and what was said:',
  '',
  ...[...missed, ...accused].map((line) => `- ${line}`),
  '',
  `Of ${hidden.length} pairs the evidence is that of one fault alone:`,
  '',
  ...hidden.map((line) => `- ${line}`),
];
process.stdout.write(`${report.join('\n')}\n`);
process.stderr.write(`${lived} lives were lived.\n`);
if (values.record) await record(recorded);
if (use === 'reporting') await writeInto(join(root, 'docs/diagnose.md'), report.join('\n'));

function wrongPlace(rule: string, { causes }: Diagnosis): string {
  return causes[0]?.rule === rule ? ' (elsewhere)' : '';
}

function faultOf(id: string): string {
  return id.split(' + ').at(-1) ?? id;
}

function timed(evidence: Evidence): Diagnosis {
  const began = performance.now();
  const diagnosis = diagnose(evidence);
  times.push(performance.now() - began);
  return diagnosis;
}

function namesFor(wanted: 'training' | 'reporting'): string {
  return bases
    .filter((base) => base.use === wanted)
    .map(({ name }) => name)
    .join(', ');
}

function median(all: readonly number[]): number {
  return all.toSorted((a, b) => a - b)[Math.floor(all.length / 2)] ?? 0;
}

async function evidenceOf(id: string, site: Site): Promise<Evidence> {
  const file = values.keep && join(values.keep, `${id.replace(/[^\w.+-]/g, '_')}.json`);
  const kept = file && (await readFile(file, 'utf8').catch(() => undefined));
  if (kept) return evidenceSchema.parse(JSON.parse(kept));
  lived += 1;
  const evidence = await lives.in(site);
  if (file) {
    await mkdir(values.keep ?? '', { recursive: true });
    await writeFile(file, JSON.stringify(evidence));
  }
  return evidence;
}

/** Between its two marks. */
async function writeInto(page: string, text: string): Promise<void> {
  const [begin, end] = ['<!-- measured -->', '<!-- end of measured -->'];
  const before = await readFile(page, 'utf8');
  const [head = '', rest = ''] = before.split(begin);
  await writeFile(page, `${head}${begin}\n${text}\n${end}${rest.split(end)[1] ?? ''}`);
}
