import { endpointsOf } from '../../mocks/connector/probe/endpoints.js';
import { holdMs } from '../../mocks/connector/probe/held.js';
import { labNames } from '../../mocks/connector/probe/lab-names.js';
import { type Probed, type ProbeOptions, probe } from '../../mocks/connector/probe/probe.js';
import { WindowsHost } from '../../mocks/connector/windows-host.js';
import type { LabEvent } from '../../model/evidence/event.js';
import type { Site } from '../../model/site/schema.js';
import { EmbeddedEngine } from '../engines/embedded/embedded-engine.js';

/** A probe from every server of a site that is set up for it on the embedded engine. */
export async function probeSite(
  site: Site,
  { isHolding, ...told }: Pick<ProbeOptions, 'onDone' | 'signal'> & { isHolding?: boolean } = {},
): Promise<Probed & { events: readonly LabEvent[] }> {
  const events: LabEvent[] = [];
  await using engine = new EmbeddedEngine();
  await using lab = await engine.open(site, {
    record: (event) => events.push(event),
    scenario: 'probe',
    startAt: Date.now(),
  });
  const [uncounted, guessedWrong]: [Probed['uncounted'], Probed['guessedWrong']] = [[], new Set<string>()];
  for (const server of site.servers) {
    const machine = new WindowsHost(server, site);
    const { connectorAccount, updaterAccount } = machine;
    const found = await probe({
      ...told,
      ...lab.on(server.name),
      machine,
      endpoints: endpointsOf(labNames(site)),
      ...(isHolding && { quiet: () => lab.perform({ do: 'pass', ms: holdMs }) }),
      account: (stack) =>
        stack === 'browser' ? 'administrator' : stack === 'updater' ? updaterAccount : connectorAccount,
    });
    uncounted.push(...found.uncounted);
    for (const name of found.guessedWrong) guessedWrong.add(name);
  }
  return { uncounted, guessedWrong, events };
}
