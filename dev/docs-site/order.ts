/** The pages of the site, for whom first: who has a customer on the phone, who runs CI, who extends. */
export const order: Readonly<Record<string, readonly string[]>> = {
  'A customer on the phone': [
    'README.md',
    'docs/diagnose.md',
    'docs/probe.md',
    'docs/reproduce-a-customer.md',
    'docs/import.md',
    'docs/from-your-files.md',
    'docs/report.md',
    'docs/sources/customers.md',
  ],
  'Your rules in CI': ['docs/ci.md', 'docs/run.md', 'docs/containers.md', 'docs/security.md'],
  'Your own code': [
    'docs/mock-cloud.md',
    'docs/relay.md',
    'docs/write-a-scenario.md',
    'docs/extend.md',
    'docs/architecture.md',
    'docs/mutants.md',
    'docs/sources/connector-facts.md',
    'docs/dependencies.md',
    'CONTRIBUTING.md',
    'SECURITY.md',
    'CHANGELOG.md',
  ],
};
