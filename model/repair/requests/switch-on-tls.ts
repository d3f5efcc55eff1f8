import type { FlowKind } from '../request.js';
import { withServer } from './rules.js';

/** A server offers TLS 1.2. */
export const switchOnTls: FlowKind = {
  kind: 'switch-on-tls',
  of: ({ hop, way }) =>
    hop.device === 'server' && hop.result === 'tls-protocol-version'
      ? { device: 'server', server: way.flow.server, setting: 'tls' }
      : undefined,
  grant: ({ server }, site) => withServer(site, server, (one) => ({ ...one, tls: '1.2' })),
  words: ({ server }) => `Switch on TLS 1.2 on ${server}, for Windows and for the .NET Framework.`,
};
