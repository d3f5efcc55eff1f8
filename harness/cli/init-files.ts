import { stringify } from 'yaml';
import type { SiteInput } from '../../model/site/schema.js';

export const ciSystems = ['github', 'gitlab', 'none'] as const;
/** For which a workflow is written. */
export type CiSystem = (typeof ciSystems)[number];

/** What somebody said of their site. */
export interface Answers {
  name: string;
  servers: string[];
  /** `host:port`; absent: connectors go out directly. */
  proxy?: string;
  cloud: 'public' | 'us-government';
  ci: CiSystem;
}

/** The files of a start, by name in its folder. */
export function startingFiles(answers: Answers): Record<'site.yaml' | 'connector.test.ts', string> {
  const site = siteOf(answers);
  return { 'site.yaml': siteFile(site), 'connector.test.ts': suite(site) };
}

/** What a repository has not to hold. */
export const ignored = 'node_modules/\nconnector-lab-out/\n';

/** A workflow, and where in the repository it has to be; `folder`: of the site, from there. */
export function workflowOf(ci: CiSystem, folder: string): { file: string; text: string } | undefined {
  if (ci === 'github') return { file: '.github/workflows/connector-lab.yml', text: githubWorkflow(folder) };
  return ci === 'gitlab' ? { file: '.gitlab-ci.yml', text: gitlabPipeline(folder) } : undefined;
}

/** As documented, but for what was said. */
function siteOf({ name, servers, proxy, cloud }: Answers): SiteInput {
  return {
    site: name,
    ...(cloud !== 'public' && { cloud: { environment: cloud } }),
    servers: servers.map((server) => ({ name: server })),
    ...(proxy !== undefined && { proxy: { address: proxy } }),
  };
}

function siteFile(site: SiteInput): string {
  return `# yaml-language-server: $schema=./node_modules/connector-lab/model/site/site.schema.json
# What is not said here is as Microsoft's page documents it. Your firewall's rules come from its own files:
#   npx connector-lab import FILE --into site.yaml
${stringify(site)}`;
}

/** A scenario holds whatever the network is like: what it shows is how one is written. */
function suite(site: SiteInput): string {
  return `import { documentedSite, results, stopService } from 'connector-lab';
import { test } from 'connector-lab/vitest';

const site = documentedSite(${JSON.stringify(site, null, 2)});

const stopped = 'without its service a connector attempts nothing';
test(
  stopped,
  ({ lab }) =>
    lab.proves({
      title: stopped,
      proves: 'server/services-running',
      site,
      change: stopService('connector'),
      expect: [results.bootstrap.notAttempted(), results.listen.notAttempted()],
    }),
  // Milliseconds: the first lab of a busy computer takes its time.
  60_000,
);
`;
}

const githubWorkflow = (folder: string) => `name: connector-lab
on: [push, pull_request]
permissions: { contents: read }
jobs:
  network:
    runs-on: ubuntu-latest${folder && `\n    defaults: { run: { working-directory: ${JSON.stringify(folder)} } }`}
    steps:
      - uses: actions/checkout@v4
      - uses: actions/setup-node@v4
        with: { node-version: 22 }
      - run: npx --yes connector-lab check site.yaml --engine embedded
      - if: always()
        uses: actions/upload-artifact@v4
        with: { name: connector-lab, path: ${below(folder, 'connector-lab-out')} }
`;

const gitlabPipeline = (folder: string) => `network:
  image: node:22
  script:${folder && `\n    - ${JSON.stringify(`cd '${folder.replaceAll("'", "'\\''")}'`)}`}
    - npx --yes connector-lab check site.yaml --engine embedded
  artifacts:
    when: always
    paths: [${below(folder, 'connector-lab-out')}]
    reports: { junit: ${below(folder, 'connector-lab-out/junit.xml')} }
`;

function below(folder: string, path: string): string {
  return folder === '' ? path : JSON.stringify(`${folder}/${path}`);
}
