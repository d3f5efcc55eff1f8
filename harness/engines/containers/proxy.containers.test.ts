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

it.skipIf(!docker)(
  'squid challenges in the order of the site, and answers the rounds of NTLM with a no',
  async () => {
    if (!docker) return;
    const engine = await engineForTests(docker);
    const site = documentedSite({
      proxy: { address: '198.18.2.10:8080', authentication: ['negotiate', 'ntlm', 'basic'] },
    });
    await using _ = await engine.open(site, { scenario: 'proxy', startAt: Date.now(), record: () => {} });
    const asked = async (...as: string[]): Promise<string> => {
      const args = ['-skv', '-o', '/dev/null', '-x', '198.18.2.10:8080'];
      const { text } = await runIn(docker, 'server-1', 'curl', ...args, ...as, 'https://login.windows.net/');
      return text;
    };
    const challenges = [...(await asked()).matchAll(/^< Proxy-Authenticate: (\w+)/gm)].map(
      ([, scheme]) => scheme,
    );
    expect(challenges).toEqual(['Negotiate', 'NTLM', 'Basic']);
    const rounds = await asked('--proxy-ntlm', '--proxy-user', 'CONTOSO\\somebody:secret');
    // Its challenge, to which curl answers; then a no.
    expect(rounds).toContain('< Proxy-Authenticate: NTLM TlRMTVNTUAAC');
    expect(rounds).toContain('> Proxy-Authorization: NTLM TlRMTVNTUAAD');
    expect(rounds.match(/^< HTTP\/1\.1 \d+/gm)?.at(-1)).toBe('< HTTP/1.1 407');
  },
);

it.skipIf(!docker)('nothing that an earlier squid began is there beside the next one', async () => {
  if (!docker) return;
  const engine = await engineForTests(docker);
  const site = documentedSite({ proxy: { address: '198.18.2.10:8080' } });
  await using lab = await engine.open(site, { scenario: 'proxy', startAt: Date.now(), record: () => {} });
  // As a helper that was under way when squid was killed, and holds its port.
  const left = ['setpriv', '--reuid=proxy', '--clear-groups', 'sh', '-c', 'sleep infinity >/dev/null 2>&1 &'];
  expect(await runIn(docker, 'proxy', ...left)).toEqual({ code: 0, text: '' });
  const isThere = async () => (await runIn(docker, 'proxy', 'pgrep', '-u', 'proxy', 'sleep')).code === 0;
  expect(await isThere()).toBe(true);
  await lab.change(site);
  expect(await isThere()).toBe(false);
});
