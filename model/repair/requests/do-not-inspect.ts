import type { FlowKind } from '../request.js';
import { list } from './rules.js';

/** Documented hosts are exempt from inspection. */
export const doNotInspect: FlowKind = {
  kind: 'do-not-inspect',
  of: ({ hop }, { inspection }) =>
    hop.device === 'inspector' ? { device: inspection?.at === 'proxy' ? 'proxy' : 'inspector' } : undefined,
  grant: ({ targets }, site) =>
    site.inspection
      ? {
          ...site,
          inspection: {
            ...site.inspection,
            except: [...new Set([...site.inspection.except, ...targets.map(({ host }) => host)])],
          },
        }
      : site,
  words: ({ device, targets }) =>
    device === 'proxy'
      ? `Exempt ${list(targets)} from the TLS inspection of the proxy.`
      : `Exempt ${list(targets)} from TLS inspection.`,
};
