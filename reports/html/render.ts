import type { EvidenceOf } from '../../model/verdict/kept-events.js';
import type { RunResults } from '../../model/verdict/results.js';
import { cleanJson } from '../contract/clean.js';
import { reportOf } from '../contract/report-of.js';
import { ReportPageError } from './page-error.js';

/**
 * The report: one file that opens from disk and loads nothing.
 * @param page from {@link reportPage}
 */
export function renderHtml(page: string, results: RunResults, evidence: EvidenceOf): string {
  const { report, details } = reportOf(results, evidence);
  const withReport = put(page, 'application/json', 'report', cleanJson(report));
  return put(withReport, 'text/plain', 'details', details.join('\n'));
}

function put(page: string, type: string, id: string, data: string): string {
  const empty = `<script type="${type}" id="${id}"></script>`;
  const [before, after, ...more] = page.split(empty);
  if (before === undefined || after === undefined || more.length > 0)
    throw new ReportPageError(`the page of the report has no place for its ${id}`);
  // Inside a script element nothing but an end tag or a comment is markup.
  return `${before}${empty.replace('</script>', '')}${data.replaceAll('<', '\\u003c')}</script>${after}`;
}
