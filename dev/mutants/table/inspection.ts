import type { Mutant } from '../mutant.js';

const inspection = 'mocks/devices/inspection.ts';

/** TLS inspection: what it ends, what it leaves alone, what it shows. */
export const inspections: readonly Mutant[] = [
  {
    id: 'inspection/stands-in-the-middle',
    file: 'harness/engines/embedded/devices/inspector.ts',
    find: 'if (!ports.includes(attempt.flow.port)) return next();',
    replace: 'if (ports.length > 0) return next();',
    off: 'An inspector lets everything pass unread.',
    noticedBy: 'tls/no-inspection',
  },
  {
    id: 'inspection/exemptions',
    file: 'model/policy/inspection.ts',
    find: '    ...except.map(',
    replace: '    ...except.slice(0, 0).map(',
    off: 'An inspector exempts no host.',
    noticedBy: 'tls/bypass-suffices',
  },
  {
    id: 'inspection/only',
    file: 'model/policy/inspection.ts',
    find: "? rule('bypass', 'not in only', 'is not among the inspected hosts')",
    replace: "? rule('inspect', 'not in only', 'is not among the inspected hosts')",
    off: 'An inspector that is to read some hosts reads all.',
    noticedBy: 'tls/no-inspection#trusted, data calls only',
  },
  {
    id: 'inspection/writes',
    file: inspection,
    find: "decided(context, attempt, { device: 'inspector', ...decision });",
    replace: '',
    off: 'An inspector writes nothing of what it read.',
    noticedBy: 'tls/no-inspection#unknown authority',
  },
  {
    id: 'inspection/block-page',
    file: inspection,
    find: 'if (blocked) return block(attempt, name, blocked, server);',
    replace: '',
    off: 'An inspector answers no host with a page of its own.',
    noticedBy: 'tls/no-inspection#block page',
  },
  {
    id: 'inspection/block-page-in-the-clear',
    file: inspection,
    find: "const page = decision.action === 'inspect' ? pageOf(settings, name) : undefined;",
    replace: 'const page = undefined as HostEntry | undefined;',
    off: 'An inspector has no page for what is fetched in the clear.',
    noticedBy: 'tls/no-inspection#block page in the clear',
  },
  {
    id: 'inspection/upgrade-removed',
    file: inspection,
    find: "if (settings.websocket === 'pass') return splice(server, outward);",
    replace: "if (settings.websocket !== 'nothing') return splice(server, outward);",
    off: 'An inspector passes every upgrade to a WebSocket on.',
    noticedBy: 'tls/no-inspection#WebSocket upgrade stripped',
  },
  {
    id: 'inspection/certificate-of-its-own',
    file: inspection,
    find: "settings['client-certificate'] === 'own' ? await authority.clientCertificate() : undefined;",
    replace: "settings['client-certificate'] === 'other' ? await authority.clientCertificate() : undefined;",
    off: 'An inspector shows servers no certificate of its own.',
    noticedBy: 'tls/inspector-certificate',
  },
  {
    id: 'inspection/no-revocation-information',
    file: 'mocks/pki/inspection-authority.ts',
    find: '...(revocationInfo ? [new x509.CRLDistributionPointsExtension([inspectionListUrl])] : []),',
    replace: 'new x509.CRLDistributionPointsExtension([inspectionListUrl]),',
    off: 'Forged certificates always name a revocation list.',
    noticedBy: 'tls/no-inspection#no revocation information',
  },
  {
    id: 'inspection/revocation-information',
    file: 'mocks/pki/inspection-authority.ts',
    find: '...(revocationInfo ? [new x509.CRLDistributionPointsExtension([inspectionListUrl])] : []),',
    replace: '',
    off: 'Forged certificates never name a revocation list.',
    noticedBy: 'tls/forged-leaf',
  },
  {
    id: 'inspection/list-of-the-inspector',
    file: 'harness/engines/embedded/lab.ts',
    find: 'fabric.listen(addresses.inspectionList, 80,',
    replace: 'fabric.listen(addresses.inspectionList, 81,',
    off: 'The list that forged certificates name is nowhere.',
    noticedBy: 'tls/forged-leaf',
  },
  {
    id: 'inspection/trusted',
    file: 'harness/engines/embedded/lab.ts',
    find: "const inspecting = site.inspection?.['trusted-by-server'] ? authority : undefined;",
    replace:
      "const inspecting = site.inspection?.['trusted-by-server'] === undefined ? authority : undefined;",
    off: 'No server trusts an inspecting authority.',
    noticedBy: 'tls/no-inspection#trusted',
  },
];
