import { decideInspection, type InspectionAction } from '../../../../model/policy/inspection.js';
import { entryRegex } from '../../../../model/policy/match-host.js';
import type { HostEntry } from '../../../../model/site/host-entry.js';
import type { Inspection } from '../../../../model/site/schema.js';
import { inspectionPort } from '../../ports.js';
import type { InspectorProduct, ProductOptions } from './product.js';

/** mockttp, which reads the name from the ClientHello and passes everything on. It dials by name, and asks the system. */
export async function startMockttp(options: ProductOptions): Promise<InspectorProduct> {
  const { settings, certificate, key, onDecision } = options;
  // Half a second to load: only machines that need it do.
  const loaded = await import('mockttp');
  // Bundled, a module in CommonJS is all in its default export.
  const { getLocal } = 'getLocal' in loaded ? loaded : (loaded as { default: typeof loaded }).default;
  const server = getLocal({
    https: {
      key,
      cert: certificate,
      ...listsOf(settings),
    },
    http2: false,
  });
  const seen = new Set<string>();
  /** What it did is told as it was done, not as it should have been. */
  const tell = (action: InspectionAction, peer: Peer, name: string) => {
    const from = peer.remoteIpAddress?.replace('::ffff:', '') ?? '';
    const fromPort = peer.remotePort ?? 0;
    if (seen.has(`${from}:${fromPort}`)) return;
    seen.add(`${from}:${fromPort}`);
    onDecision({ from, fromPort, name, ...decideInspection(settings, name), action });
  };
  await server.forAnyRequest().thenPassThrough({ ignoreHostHttpsErrors: true });
  await server.forAnyWebSocket().thenPassThrough({ ignoreHostHttpsErrors: true });
  await server.on('request-initiated', (request) => tell('inspect', request, request.destination.hostname));
  await server.on('tls-client-error', (failure) =>
    tell('inspect', failure, failure.tlsMetadata.sniHostname ?? ''),
  );
  await server.on('tls-passthrough-opened', (opened) =>
    tell('bypass', opened, opened.tlsMetadata.sniHostname ?? ''),
  );
  await server.start(inspectionPort);
  return {
    settle: async () => {},
    stop: () => server.stop(),
  };
}

interface Peer {
  remoteIpAddress?: string | undefined;
  remotePort?: number | undefined;
}

/** It takes either list, not both: where there are both, one expression says what is left to inspect. */
function listsOf({ only, except }: Inspection) {
  const regex = (entries: readonly HostEntry[]) => entries.map((one) => `(?:${regexOf(one)})`).join('|');
  if (!only) return { tlsPassthrough: except.map((one) => ({ hostname: `(${regexOf(one)})` })) };
  const exempt = except.length > 0 ? `(?!${regex(except)})` : '';
  return { tlsInterceptOnly: only.length > 0 ? [{ hostname: `(^${exempt}(?:${regex(only)}))` }] : [] };
}

/** In a pattern of a URL, which is what it takes, an expression may have no groups that remember. */
function regexOf(entry: HostEntry): string {
  return entryRegex(entry).replace(/\((?!\?)/g, '(?:');
}
