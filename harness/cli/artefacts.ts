import type { EvidenceOf } from '../../model/verdict/kept-events.js';
import type { RunResults } from '../../model/verdict/results.js';
import { renderCtrf } from '../../reports/ctrf/ctrf.js';
import { reportPage } from '../../reports/html/page.js';
import { renderHtml } from '../../reports/html/render.js';
import { renderJunit } from '../../reports/junit/junit.js';
import { renderRequestsCsv, renderRequestsText } from '../../reports/requests/requests.js';
import { renderSarif } from '../../reports/sarif/sarif.js';
import { renderSummary } from '../../reports/summary/summary.js';

// Before anything runs: a page that cannot be built should not cost a run.
const page = await reportPage();

/** The reports that every run writes beside its results: one line a format. Undefined: it has nothing to say. */
const formats: Record<string, (results: RunResults, evidence: EvidenceOf) => string | undefined> = {
  'report.html': (results, evidence) => renderHtml(page, results, evidence),
  'junit.xml': renderJunit,
  'ctrf.json': renderCtrf,
  'summary.md': renderSummary,
  'requests.txt': renderRequestsText,
  'requests.csv': renderRequestsCsv,
  'connector-lab.sarif': renderSarif,
};

export function artefacts(results: RunResults, evidence: EvidenceOf): Record<string, string | undefined> {
  return Object.fromEntries(
    Object.entries(formats).map(([file, render]) => [file, render(results, evidence)]),
  );
}
