import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { LabEvent } from '../../../model/evidence/event.js';
import { documentedSite } from '../../../model/site/documented.js';
import type { SiteInput } from '../../../model/site/schema.js';
import type { Lab } from '../engine.js';
import { engineForTests, engineSaid, runIn, runtimeForTests } from './testing.js';

const docker = await runtimeForTests();
const server = 'app-proxy-01';
const life = ['install', 'sign-in', 'register', 'bootstrap', 'listen'] as const;

describe.skipIf(!docker)('the link', () => {
  let lab: Lab;
  let events: LabEvent[] = [];

  beforeAll(async () => {
    if (!docker) return;
    const engine = await engineForTests(docker);
    const record = (event: LabEvent) => events.push(event);
    lab = await engine.open(documentedSite(), { scenario: 'link', startAt: Date.now(), record });
  });
  afterAll(() => lab?.[Symbol.asyncDispose]());

  async function use(link: SiteInput['link']): Promise<void> {
    await lab.change(documentedSite({ link, firewall: { default: 'allow' } }));
    events = [];
  }

  async function outcomesOfLife(): Promise<string[]> {
    for (const operation of life) await lab.perform({ do: 'operate', server, operation });
    return events.flatMap((event) => (event.kind === 'operation' ? event.outcome : []));
  }

  const reach = () =>
    lab.perform({ do: 'reach', from: server, account: 'network-service', host: '198.18.67.1', port: 443 });
  /** What the link did, to all connections or to one. */
  const ofLink = (connection?: string) =>
    events.flatMap((event) =>
      event.kind === 'decision' &&
      event.device === 'link' &&
      (connection === undefined || event.connection === connection)
        ? `${event.action} ${event.rule}`
        : [],
    );

  /** How long curl on a server of the site waits until TCP stands, milliseconds. */
  async function connectMs(): Promise<number> {
    if (!docker) throw new Error('no engine');
    const args = ['-sk', '-o', '/dev/null', '-w', '%{time_connect}', 'https://198.18.67.1/'];
    const { code, text } = await runIn(docker, 'server-1', 'curl', ...args);
    expect(code).toBe(0);
    return Number(text) * 1000;
  }

  it('with a round trip holds every packet back, also those that begin a connection', async () => {
    await use({});
    await reach();
    expect(ofLink()).toEqual([]);
    await use({ 'round-trip': '300ms' });
    expect(await connectMs()).toBeGreaterThanOrEqual(300);
    await reach();
    expect(ofLink()).toContain('delay round-trip 300ms');
  });

  it('with a rate carries so much a second, each way', async () => {
    if (!docker) return;
    await use({ rate: '1mbit' });
    const source =
      "const server=require('net').createServer(s=>{s.end(Buffer.alloc(200000));server.close()}).listen(5001,'198.18.67.1')";
    const sink =
      "let n=0,t;const s=require('net').connect(5001,'198.18.67.1',()=>{t=performance.now()});s.on('data',d=>n+=d.length).on('end',()=>{console.log(n,performance.now()-t);process.exit()})";
    const sent = runIn(docker, 'cloud', 'node', '-e', source);
    const retried = `until node -e "${sink}" 2>/dev/null; do :; done`;
    const { text } = await runIn(docker, 'server-1', 'sh', '-c', retried);
    await sent;
    const [bytes, ms] = text.trim().split(' ').map(Number);
    expect(bytes).toBe(200_000);
    // A full bucket goes at once.
    expect(ms).toBeGreaterThanOrEqual(((200_000 - 16_000) * 8) / 1000 - 100);
  });

  it('with loss loses packets, says of which connections, and everything works all the same', async () => {
    await use({ loss: '4%' });
    expect(await outcomesOfLife()).toEqual(life.map(() => 'ok'));
    expect(ofLink()).toContain('lose loss 4%');
  });

  it('that loses everything is named as the cause', async () => {
    await use({ loss: '100%' });
    await reach();
    const reached = events.find((event) => event.kind === 'reach');
    expect(reached).toMatchObject({ outcome: 'tcp-drop', connection: expect.any(String) });
    // Last packets of the life before may be told late: they belong to other connections.
    expect(new Set(ofLink(reached?.connection))).toEqual(new Set(['lose loss 100%']));
  });

  it('leaves nothing behind: the machines are used again', async () => {
    const before = engineSaid.length;
    await use({ 'round-trip': '10ms', rate: '1mbit', loss: '1%' });
    await lab[Symbol.asyncDispose]();
    expect(engineSaid.slice(before)).toEqual([]);
  });
});
