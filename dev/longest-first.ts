import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** Files that take more than some seconds, the longest first. */
const long = [
  'scenarios/catalogue.test.ts',
  'mocks/cloud/many-requests.test.ts',
  'docs/docs.test.ts',
  'harness/cli/ended-early.test.ts',
  'harness/cli/cli.test.ts',
  'harness/cli/bad-days.test.ts',
  'mocks/connector/connector.test.ts',
  'mocks/cloud/front.test.ts',
  'harness/engines/clients/portal.test.ts',
  'reports/html/axe.test.ts',
  'reports/html/report.test.ts',
  'harness/engines/clients/sign-in-page.test.ts',
];

/**
 * Begins with what takes longest, so that workers end at about the same time. Without times of an
 * earlier run vitest goes by size, and the catalogue's file, with a fifth of the work, has three lines.
 */
export default class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    const place = ({ moduleId }: TestSpecification) => {
      const known = long.findIndex((name) => moduleId.endsWith(name));
      return known < 0 ? long.length : known;
    };
    return sorted.sort((a, b) => place(a) - place(b));
  }
}
