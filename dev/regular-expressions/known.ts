/** What is put into expressions that are made: where it stands, and a text such as it is. */
export const holes: Readonly<Record<string, string>> = {
  "model/verdict/requirements-of.ts: ruleActions.join('|')": 'allow|deny|reject|reset',
  'model/site/yaml-bounds.ts: 2 * deepest': '200',
  "model/site/duration.ts: units.map(([unit]) => unit).join('|')": 'ms|s|m|h|d',
  // Letters, digits and underscores: a prefix of ours, a word of ours, numbers.
  'model/patch/squid.ts: name': 'connector_hosts_443_2',
  // A word of a site's file of hosts, without white space.
  "model/patch/hosts-file.ts: name.replaceAll('.', '\\\\.')": 'intranet\\.contoso\\.test',
  'mocks/cloud/graph/resources.ts: collection': 'connectorGroups',
};
