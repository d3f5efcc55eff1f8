import type { StackName } from '../evidence/vocabulary.js';
import type { ProxySetting, Server, Site } from './schema.js';

/** What one stack of one server is told of how to find its proxy. */
export function proxySettingOf(site: Site, server: Server, stack: StackName): ProxySetting {
  const own = server['proxy-settings'][stack];
  if (own !== undefined) return own;
  const { proxy, pac, wpad } = site;
  if (pac?.['used-by'].includes(stack)) return 'pac';
  if (wpad?.['used-by'].includes(stack)) return 'wpad';
  return proxy && (proxy['used-by']?.includes(stack) ?? true) ? 'proxy' : 'direct';
}
