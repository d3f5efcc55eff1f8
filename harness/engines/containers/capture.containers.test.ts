import { mkdtemp, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { GenericContainer } from 'testcontainers';
import { describe, expect, it } from 'vitest';
import { imageState } from '../../../docker/images.js';
import type { LabEvent } from '../../../model/evidence/event.js';
import { documentedSite } from '../../../model/site/documented.js';
import { ContainersEngine } from './containers-engine.js';
import { runtimeForTests } from './testing.js';

const docker = await runtimeForTests();

describe.skipIf(!docker)('a capture', () => {
  it('holds what each machine sent, for tcpdump to read, and the keys of its TLS connections', async () => {
    if (!docker) return;
    const captures = await mkdtemp(join(tmpdir(), 'connector-lab-captures-'));
    await using engine = await ContainersEngine.start(docker, () => {}, { captures });
    const events: LabEvent[] = [];
    const options = {
      scenario: 'area/name#a *row*',
      startAt: Date.now(),
      record: (event: LabEvent) => events.push(event),
    };
    {
      await using lab = await engine.open(documentedSite(), options);
      for (const operation of ['install', 'sign-in', 'register', 'bootstrap'] as const)
        await lab.perform({ do: 'operate', server: 'app-proxy-01', operation });
    }
    const files = events.flatMap((event) => (event.kind === 'capture' ? event.file : []));
    const of = (name: string) => {
      const file = files.find((one) => one.endsWith(`/${name}`));
      if (!file) throw new Error(`${name} is not among ${files.join(', ')}`);
      return join(captures, file.replace('evidence/', ''));
    };
    const keys = await readFile(of('server-1.keys'), 'utf8');
    expect(keys).toMatch(/^CLIENT_TRAFFIC_SECRET_0 [0-9a-f]{64} [0-9a-f]+$/m);
    const { name } = await imageState(docker);
    await using reader = await new GenericContainer(name)
      .withEntrypoint(['sleep', 'infinity'])
      .withCopyFilesToContainer([
        { source: of('server-1.pcap'), target: '/server.pcap' },
        { source: of('gateway.pcap'), target: '/gateway.pcap' },
      ])
      .start();
    const opened = ['-n', 'tcp[tcpflags] & (tcp-syn|tcp-ack) == tcp-syn and dst port 443'];
    for (const machine of ['server', 'gateway']) {
      const { output } = await reader.exec(['tcpdump', '-r', `/${machine}.pcap`, ...opened]);
      expect(output).toMatch(/198\.18\.1\.10\.\d+ > 198\.18\.\d+\.\d+\.443: Flags \[S\]/);
    }
  });
});
