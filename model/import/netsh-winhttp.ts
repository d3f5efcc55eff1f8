import type { Imported, Importer, NotUnderstood } from './importer.js';

const server = /^\s*(?:Proxy Server\(s\)|Proxyserver|Serveurs? proxy)\s*:\s*(.+?)\s*$/im;
const bypassed = /^\s*(?:Bypass List|Umgehungsliste|Liste de contournement)\s*:\s*(.+?)\s*$/im;
const none = /\((?:none|keine|aucun[e]?)\)/i;

/** What `netsh winhttp show proxy` prints: the proxy of the system's stack. */
export const netshWinhttp: Importer = {
  format: 'netsh-winhttp',
  title: 'netsh winhttp show proxy',
  recognises: ({ text }) =>
    /WinHTTP/i.test(text) && (server.test(text) || /Direct access|Direkter Zugriff/i.test(text)),
  read({ file, text }): Imported {
    const found = server.exec(text);
    if (!found) return { understood: 1, notUnderstood: [] };
    const line = lineOf(text, found.index);
    const address = addressOf(found[1] ?? '');
    if (!address)
      return { understood: 0, notUnderstood: [about(file, line, found[0], 'no host:port is in it')] };
    const list = bypassed.exec(text)?.[1] ?? '';
    const bypass = none.test(list) ? [] : list.split(/[;,\s]+/).filter((one) => one !== '');
    return { site: { proxy: { address, 'used-by': ['system'], bypass } }, understood: 1, notUnderstood: [] };
  },
};

/** `proxy.contoso.test:8080`, `http=a:80;https=b:8080`, `http://a:8080` → the proxy for https. */
function addressOf(text: string): string | undefined {
  const entries = text.split(/[;\s]+/).filter((one) => one !== '');
  const wanted = entries.find((one) => one.startsWith('https=')) ?? entries.find((one) => !/^\w+=/.test(one));
  const address = (wanted ?? entries[0] ?? '')
    .replace(/^\w+=/, '')
    .replace(/^\w+:\/\//, '')
    .replace(/\/$/, '');
  if (/^[^:/\s]+:\d{1,5}$/.test(address)) return address;
  // WinHTTP's own default.
  return /^[^:/\s]+$/.test(address) ? `${address}:80` : undefined;
}

function about(file: string, line: number, text: string, why: string): NotUnderstood {
  return { file, line, text: text.trim(), why };
}

function lineOf(text: string, index: number): number {
  return text.slice(0, index).split('\n').length;
}
