import type { Fact } from '../../../model/evidence/vocabulary.js';
import { leastOf, prerequisites } from '../../../model/requirements/prerequisites.js';
import { windowsVersions } from '../../../model/site/schema.js';
import { isAtLeast } from '../../../model/site/version.js';
import type { NetworkStack } from '../../network.js';
import { Failure } from '../failure.js';
import type { WindowsHost } from '../windows-host.js';

const { connectorThatNeedsDotnet: checksDotnet } = prerequisites;
/** Oldest first. */
const known: readonly string[] = windowsVersions;

/** What the installer looks at before it does anything. @throws Failure for the first that is not met */
export function checkPrerequisites({ server, site }: WindowsHost, stack: NetworkStack): void {
  const { windows: oldestWindows, dotnet: oldestDotnet } = leastOf(site);
  compare(
    stack,
    'os-version',
    server.windows,
    `${oldestWindows} or later`,
    known.indexOf(server.windows) >= known.indexOf(oldestWindows),
  );
  const mustHave = isAtLeast(server.connector, checksDotnet);
  const needed = mustHave ? `${oldestDotnet} or later` : 'anything';
  compare(
    stack,
    'dotnet-version',
    server.dotnet,
    needed,
    !mustHave || isAtLeast(server.dotnet, oldestDotnet),
  );
}

/** Compares a fact of the server with what is needed, in evidence. @throws Failure where it is not met */
export function compare(stack: NetworkStack, fact: Fact, found: string, needed: string, met: boolean): void {
  stack.emit({ kind: 'prerequisite', fact, found, needed, met });
  if (!met) throw new Failure('refused-by-installer', `${fact}: found ${found}, needs ${needed}`);
}
