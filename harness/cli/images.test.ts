import { once } from 'node:events';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { whyNot } from '../engines/containers/runtime.js';
import { folder, lab } from './testing.js';

/** An engine that answers as it is told: `METHOD path` → status and body. */
async function engine(answers: Record<string, [status: number, body: string]>): Promise<string> {
  const path = join(await folder(), 'docker.sock');
  const server = createServer(({ method, url = '' }, response) => {
    const asked = `${method} ${url.replace(/^\/v[\d.]+/, '').split('?')[0]}`;
    const [status, body] = answers[asked] ?? [404, '{"message":"no such image"}'];
    response.writeHead(status, { 'content-type': 'application/json' }).end(body);
  }).listen(path);
  await once(server, 'listening');
  onTestFinished(() => void server.close());
  return `unix://${path}`;
}

const images = (host: string, ...args: string[]) => lab(['images', ...args], { DOCKER_HOST: host });

describe('images, where something is wrong', () => {
  it.each([
    ['half a line', '{"status":"Pulling fs layer"}\n{"status":"Downlo'],
    ['the end of what was told', '{"status":"Downloading"}\n'],
    ['the engine’s own word', '{"status":"Downloading"}\n{"error":"unexpected EOF"}\n'],
  ])('half a download is not used: %s', async (_, body) => {
    const host = await engine({ 'GET /_ping': [200, 'OK'], 'POST /images/create': [200, body] });
    const { code, stdout, stderr } = await images(host, '--image', 'registry.example/lab');
    expect({ code, stdout }).toEqual({ code: 3, stdout: '' });
    expect(stderr).toMatch(
      /^cannot take registry\.example\/lab:\S+: it was not all there when it ended \(.+\); nothing of it is used: try again$/m,
    );
  });

  it.each([
    ['pull access denied', 'registry.example does not let this account: docker login registry.example'],
    ['dial tcp 192.0.2.1:443: i/o timeout', 'registry.example does not answer (dial tcp'],
    ['http: server gave HTTP response to HTTPS client', 'registry.example speaks no TLS'],
    ['x509: certificate signed by unknown authority', 'does not trust the certificate of registry.example'],
  ])('what the engine says of a registry is told in words: %s', async (message, words) => {
    const said: [number, string] = [500, JSON.stringify({ message })];
    const host = await engine({ 'GET /_ping': [200, 'OK'], 'POST /images/create': said });
    const { code, stderr } = await images(host, '--image', 'registry.example/lab');
    expect(code).toBe(3);
    expect(stderr).toContain(words);
  });

  it('an engine of another version is told', async () => {
    const message = 'client version 1.41 is too old. Minimum supported API version is 1.44';
    const host = await engine({ 'GET /_ping': [400, JSON.stringify({ message })] });
    const { code, stderr } = await images(host);
    expect(code).toBe(3);
    expect(stderr).toContain(`where something of another version answers (${message})`);
  });

  it('a socket that is closed to this account is told, and how it opens', () => {
    const error = Object.assign(new Error('connect EACCES'), { code: 'EACCES' });
    expect(whyNot('unix:///var/run/docker.sock', error)).toMatch(
      /^this account may not use \/var\/run\/docker\.sock: .*usermod -aG docker/,
    );
  });

  it.each(['Registry.example/Lab', 'registry.example/lab:latest', '', 'https://registry.example/lab'])(
    'a name that no registry has is wrong usage: "%s"',
    async (name) => {
      const { code, stderr } = await images('unix:///nowhere', '--push', name);
      expect(code).toBe(2);
      expect(stderr).toContain('such as registry.contoso.com/connector-lab');
    },
  );
});
