import type { Imported, Importer, NotUnderstood } from './importer.js';

/** As Windows says it in English, German, French, Spanish, Italian and Dutch. */
const server =
  /^(?:Proxy Server\(s\)|Proxyserver(?:\(s\))?|Serveurs? ?(?:\(s\))? ?proxy|Servidor(?:es)? ?(?:\(es\))? ?proxy|Server proxy)\s*:\s*(\S.*)$/i;
const bypassed =
  /^(?:Bypass List|Umgehungsliste|Liste de contournement|Lista de omisi[oó]n|Elenco indirizzi esclusi|Lista di esclusione)\s*:\s*(\S.*)$/i;
const direct = /Direct access|Direkter Zugriff|Direktzugriff|Acc[eè]s direct|Acceso directo|Accesso diretto/i;
const none = /\((?:none|keine|aucune?|ningun[ao]|nessun[ao]?)\)/i;

/** What `netsh winhttp show proxy` prints: the proxy of the system's stack. */
export const netshWinhttp: Importer = {
  format: 'netsh-winhttp',
  title: 'netsh winhttp show proxy',
  recognises: ({ text }) =>
    /WinHTTP/i.test(text) && linesOf(text).some(({ told }) => server.test(told) || direct.test(told)),
  read({ file, text }): Imported {
    const notUnderstood: NotUnderstood[] = [];
    let [understood, list] = [0, ''];
    let address: string | undefined;
    for (const { told, line } of linesOf(text)) {
      const [, proxy] = server.exec(told) ?? [];
      if (proxy !== undefined) {
        address = addressOf(proxy);
        if (address === undefined)
          notUnderstood.push({ file, line, text: told, why: 'no host:port is in it' });
        else understood++;
        const others = address === undefined ? [] : othersIn(proxy, address);
        if (others.length > 0)
          notUnderstood.push({
            ...{ file, line, text: told },
            why: `${others.join(', ')}: a site has one proxy for all protocols, that for https, and what else goes elsewhere is not judged`,
          });
      } else if (bypassed.test(told)) list = bypassed.exec(told)?.[1] ?? '';
      else if (direct.test(told)) understood++;
      // The heading, and the command where it was copied along, in any language.
      else if (told !== '' && !/WinHTTP/i.test(told))
        notUnderstood.push({ file, line, text: told, why: 'no line of netsh winhttp show proxy' });
    }
    const bypass = none.test(list) ? [] : list.split(/[;,\s]+/).filter((one) => one !== '');
    return {
      ...(address !== undefined && { site: { proxy: { address, 'used-by': ['system'], bypass } } }),
      ...{ understood, notUnderstood },
    };
  },
};

function linesOf(text: string): { told: string; line: number }[] {
  return text.split(/\r\n?|\n/).map((raw, index) => ({ told: raw.trim(), line: index + 1 }));
}

/** What goes another way than https: protocols with another proxy, or with none where only some have one. */
function othersIn(text: string, address: string): string[] {
  const entries = text.split(/[;\s]+/).filter((one) => one !== '');
  const forAll = entries.find((one) => !/^\w+=/.test(one));
  return ['http', 'https'].flatMap((protocol) => {
    const own = entries.find((one) => one.startsWith(`${protocol}=`)) ?? forAll;
    if (own === undefined) return [`${protocol} direct`];
    return addressOf(own) === address ? [] : [own];
  });
}

/** `proxy.contoso.test:8080`, `http=a:80;https=b:8080`, `http://a:8080` → the proxy for https. */
function addressOf(text: string): string | undefined {
  const entries = text.split(/[;\s]+/).filter((one) => one !== '');
  const wanted = entries.find((one) => one.startsWith('https=')) ?? entries.find((one) => !/^\w+=/.test(one));
  const address = (wanted ?? entries[0] ?? '')
    .replace(/^\w+=/, '')
    .replace(/^\w+:\/\//, '')
    .replace(/\/$/, '')
    .toLowerCase();
  if (/^[^:/\s]+:\d{1,5}$/.test(address)) return address;
  // WinHTTP's own default.
  return /^[^:/\s]+$/.test(address) ? `${address}:80` : undefined;
}
