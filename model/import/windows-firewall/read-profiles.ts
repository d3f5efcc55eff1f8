import { importedJson, parseJson } from '../../evidence/bounded-json.js';
import type { SourceFile } from '../importer.js';
import { isObject } from '../json-values.js';
import type { WindowsFirewall } from './rule.js';

/** What the profiles of the Windows firewall do with what no rule is about, and whether they are on. */
export type Profiles = Pick<WindowsFirewall, 'isClosed' | 'isOn'>;

const outbound = /\b(?:Block|Allow)Inbound(?:Always)?,(Block|Allow)Outbound\b/g;

/** Whether a text is `Get-NetFirewallProfile` as JSON, or `netsh advfirewall show allprofiles`. */
export function isOfProfiles({ text }: SourceFile): boolean {
  return isJson(text) || text.search(outbound) >= 0;
}

function isJson(text: string): boolean {
  return /^\s*[[{]/.test(text) && /"DefaultOutboundAction"\s*:/.test(text) && !/"Direction"\s*:/.test(text);
}

/** Undefined: it is not understood. */
export function readProfiles({ text }: SourceFile): Profiles | undefined {
  const closed: boolean[] = [];
  const on: boolean[] = [];
  if (isJson(text)) {
    try {
      const parsed: unknown = parseJson(text, importedJson);
      for (const one of [parsed].flat()) {
        if (!isObject(one)) return undefined;
        closed.push(/^(4|block)$/i.test(String(one.DefaultOutboundAction)));
        on.push(!/^(0|false)$/i.test(String(one.Enabled)));
      }
    } catch {
      return undefined;
    }
  } else {
    for (const [, does] of text.matchAll(outbound)) closed.push(does === 'Block');
    for (const [, state] of text.matchAll(/^(?:State|Status|Zustand)[ \t]+(ON|OFF|EIN|AUS)[ \t]*$/gim))
      on.push(/^(ON|EIN)$/i.test(state ?? ''));
  }
  if (closed.length === 0) return undefined;
  // Words of other languages may say that a profile is off.
  const isSilent = on.length === 0 && !/^\p{L}+[ \t]{2,}\p{L}+[ \t]*$/mu.test(text);
  return { isClosed: same(closed), isOn: isSilent || (on.length === closed.length ? same(on) : undefined) };
}

/** Undefined: of some. */
function same(all: readonly boolean[]): boolean | undefined {
  return all.every((one) => one === all[0]) ? all[0] : undefined;
}
