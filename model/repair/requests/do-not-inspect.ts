import type { FlowKind } from '../request.js';
import { list } from './rules.js';

/** Documented hosts are exempt from inspection. */
export const doNotInspect: FlowKind = {
  kind: 'do-not-inspect',
  of: ({ hop }) => (hop.device === 'inspector' ? { device: 'inspector' } : undefined),
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
  words: ({ targets }) => `Exempt ${list(targets)} from TLS inspection.`,
};
