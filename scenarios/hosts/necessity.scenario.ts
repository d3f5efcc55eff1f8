import {
  type DocumentedHost,
  documentedHosts,
  documentedSite,
  type Expectation,
  results,
  scenarios,
  type Where,
  withoutRow,
} from '../../harness/index.js';

/**
 * One proof per row of the page's table: everything documented is open except that row, and the
 * steps that use it fail there, at the edge, by the default.
 */
export default scenarios(documentedHosts('public'), (row) => ({
  row: `${row.host}:${row.port}`,
  title: `Without ${row.host} on port ${row.port}: ${row.step} fails`,
  proves: [`hosts/${row.host}/${row.port}`, `hosts/${row.group}`],
  site: documentedSite(),
  change: withoutRow(row),
  expect: row.operations.flatMap((operation) => failure(row, operation)),
}));

function failure(row: DocumentedHost, operation: DocumentedHost['operations'][number]): Expectation[] {
  const where: Where = {
    host: row.match === 'suffix' ? row.rule : row.example,
    port: row.port,
    device: 'edge-firewall',
    rule: row.coveredBy ? `deny ${row.rule} port ${row.port}` : 'default drop',
  };
  // Nothing can be delivered to a connector that does not listen.
  if (operation === 'deliver' && row.operations.includes('listen')) return [results.deliver.notAttempted()];
  return [{ kind: 'result', operation, result: 'tcp-drop', ...where }];
}
