import { writeFile } from 'node:fs/promises';
import { covers } from '../../../harness/policy/match-host.js';
import { inspectionPort } from '../ports.js';
import type { InspectorProduct, ProductOptions } from './product.js';

/** mockttp, which reads the name from the ClientHello and passes everything on. */
export async function startMockttp(options: ProductOptions): Promise<InspectorProduct> {
  const { settings, certificate, key, resolver, onDecision } = options;
  // It dials by name, and asks the system.
  await writeFile('/etc/resolv.conf', `nameserver ${resolver}\n`);
  // Half a second to load: only machines that need it do.
  const loaded = await import('mockttp');
  // Bundled, a module in CommonJS is all in its default export.
  const { getLocal } = 'getLocal' in loaded ? loaded : (loaded as { default: typeof loaded }).default;
  const server = getLocal({
    https: {
      key,
      cert: certificate,
      ...(settings.only && { tlsInterceptOnly: settings.only.map((hostname) => ({ hostname })) }),
      ...(!settings.only && { tlsPassthrough: settings.except.map((hostname) => ({ hostname })) }),
    },
    http2: false,
  });
  const seen = new Set<string>();
  const tell = (from: string | undefined, fromPort: number | undefined, name: string) => {
    const exempt = settings.except.find((pattern) => covers(pattern, name));
    const only = settings.only?.find((pattern) => covers(pattern, name));
    const inspected = exempt === undefined && (settings.only === undefined || only !== undefined);
    const rule = inspected ? `inspect ${only ?? '*'}` : exempt ? `except ${exempt}` : 'not in only';
    const address = from?.replace('::ffff:', '') ?? '';
    if (seen.has(`${address}:${fromPort}`)) return;
    seen.add(`${address}:${fromPort}`);
    onDecision({
      from: address,
      fromPort: fromPort ?? 0,
      name,
      action: inspected ? 'inspect' : 'bypass',
      rule,
    });
  };
  await server.forAnyRequest().thenPassThrough({ ignoreHostHttpsErrors: true });
  await server.forAnyWebSocket().thenPassThrough({ ignoreHostHttpsErrors: true });
  await server.on('request-initiated', ({ remoteIpAddress, remotePort, destination }) =>
    tell(remoteIpAddress, remotePort, destination.hostname),
  );
  await server.on('tls-client-error', ({ remoteIpAddress, remotePort, tlsMetadata }) =>
    tell(remoteIpAddress, remotePort, tlsMetadata.sniHostname ?? ''),
  );
  await server.on('tls-passthrough-opened', ({ remoteIpAddress, remotePort, tlsMetadata }) =>
    tell(remoteIpAddress, remotePort, tlsMetadata.sniHostname ?? ''),
  );
  await server.start(inspectionPort);
  return {
    settle: async () => {},
    stop: async () => {
      await server.stop();
      await writeFile('/etc/resolv.conf', '');
    },
  };
}
