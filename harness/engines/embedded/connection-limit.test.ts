import { expect, it } from 'vitest';
import type { LabEvent } from '../../../model/evidence/event.js';
import { steps } from '../../../model/scenario/step.js';
import { completeSite } from '../../../model/site/complete.js';
import { EmbeddedEngine } from './embedded-engine.js';

const server = 'app-proxy-01';
const url = 'https://intranet-contoso.msappproxy.net/';
const users = 4;

/** What a connector attempted of four requests at once, in the order in which it began. */
async function attemptsWith(limit: number): Promise<{ purposes: string[]; pages: string[] }> {
  const site = completeSite({ site: 'Busy', cloud: { 'connection-limit': limit } });
  const events: LabEvent[] = [];
  await using engine = new EmbeddedEngine();
  const record = (event: LabEvent) => void events.push(event);
  await using lab = await engine.open(site, { scenario: 'busy', startAt: Date.now(), record });
  for (const step of steps.operate(server, 'install', 'sign-in', 'register', 'bootstrap', 'listen'))
    await lab.perform(step);
  await lab.perform(steps.visit(url));
  events.length = 0;
  await Promise.all(Array.from({ length: users }, () => lab.perform(steps.visit(url))));
  return {
    purposes: events.flatMap((event) =>
      event.kind === 'attempt' && event.operation === 'deliver' ? [event.purpose] : [],
    ),
    pages: events.flatMap((event) => (event.kind === 'visit' ? [event.page] : [])),
  };
}

const one = ['meet the request at the gateway', 'ask the application', 'bring the response'];

it('a connector answers as many requests at once as bootstrap says, and all the others later', async () => {
  const alone = await attemptsWith(1);
  expect(alone.purposes).toEqual(Array.from({ length: users }, () => one).flat());
  expect(alone.pages).toEqual(Array(users).fill('application'));
  const together = await attemptsWith(200);
  expect(together.purposes).not.toEqual(alone.purposes);
  expect([...together.purposes].sort()).toEqual([...alone.purposes].sort());
});
