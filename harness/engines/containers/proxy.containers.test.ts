import { expect, it } from 'vitest';
import { documentedSite } from '../../../model/site/documented.js';
import { engineForTests, runIn, runtimeForTests } from './testing.js';

const docker = await runtimeForTests();

it.skipIf(!docker)('a proxy that asks who is there knows lab, and nobody with other words', async () => {
  if (!docker) return;
  const engine = await engineForTests(docker);
  const site = documentedSite({ proxy: { address: '198.18.2.10:8080', authentication: 'basic' } });
  await using _ = await engine.open(site, { scenario: 'proxy', startAt: Date.now(), record: () => {} });
  /** What the proxy answers to curl's CONNECT. */
  const answerTo = async (...as: string[]): Promise<string> => {
    const args = ['-sk', '-o', '/dev/null', '-w', '%{http_connect}', '-x', '198.18.2.10:8080'];
    const { text } = await runIn(docker, 'server-1', 'curl', ...args, ...as, 'https://login.windows.net/');
    return text;
  };
  expect(await answerTo('--proxy-user', 'lab:lab')).toBe('200');
  expect(await answerTo('--proxy-user', 'lab:guess')).toBe('407');
  expect(await answerTo('--proxy-user', 'somebody:lab')).toBe('407');
  expect(await answerTo()).toBe('407');
});
