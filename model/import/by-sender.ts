import { isDeepStrictEqual } from 'node:util';
import type { Imported, ImportedFirewall, Importer, ImportOptions, SourceFile } from './importer.js';

const closes = { allow: 'allow', drop: 'deny', reject: 'reject', reset: 'reset' } as const;

/**
 * What a file says of the connector server, and, where its address is given and the edge has rules about
 * sources, what it says of the proxy. Rules with names of hosts, behind all others, are read for the server alone.
 */
export function readBySender(importer: Importer, source: SourceFile, options: ImportOptions): Imported {
  const own = importer.read(source, options);
  const { proxyAddress } = options;
  if (proxyAddress === undefined || !own.edge || own.edge['application-rules']) return own;
  const asProxy = importer.read(source, { ...options, serverAddress: proxyAddress });
  if (!asProxy.edge || isDeepStrictEqual(own.edge, asProxy.edge)) return own;
  const notUnderstood = [...own.notUnderstood, ...asProxy.notUnderstood];
  return {
    ...own,
    edge: joined(own.edge, asProxy.edge),
    notUnderstood: [...new Map(notUnderstood.map((one) => [`${one.line} ${one.why}`, one])).values()],
  };
}

function joined(own: ImportedFirewall, ofProxy: ImportedFirewall): ImportedFirewall {
  return {
    ...own,
    rules: [
      ...ofProxy.rules.map((rule) => ({ ...rule, from: 'proxy' })),
      { [closes[ofProxy.default]]: 'any', from: 'proxy' },
      ...own.rules,
    ],
  };
}
