import { durationText, timeUnits } from './duration.js';

/** Values in a form that a site file does not have: what they would be in its own. */

const unitsInWords: readonly (readonly [RegExp, number])[] = [
  [/^(?:ms|msecs?|milliseconds?)$/i, timeUnits.ms],
  [/^(?:s|secs?|seconds?)$/i, timeUnits.s],
  [/^(?:m|mins?|minutes?)$/i, timeUnits.m],
  [/^(?:h|hrs?|hours?)$/i, timeUnits.h],
  [/^(?:d|days?)$/i, timeUnits.d],
  [/^(?:w|weeks?)$/i, 7 * timeUnits.d],
];

/** `5 minutes`, `+7m`, `2 weeks` → `5m`, `7m`, `14d`. */
export function durationMeant(text: string): string | undefined {
  const [, sign = '', amount, unit = ''] =
    /^([+-]?) ?(\d{1,9}(?:\.\d{1,9})?) ?([a-z]{1,12})$/i.exec(text.trim()) ?? [];
  const size = unitsInWords.find(([words]) => words.test(unit))?.[1];
  if (amount === undefined || size === undefined) return undefined;
  return `${sign === '-' ? '-' : ''}${durationText(Math.round(Number(amount) * size))}`;
}

/** A URL in the place of host and port: `http://proxy.test:8080/` → `proxy.test:8080`. */
export function hostAndPortMeant(text: string): string | undefined {
  return /^[a-z]{2,8}:\/\/([^:/\s]+:\d{1,5})\/?$/i.exec(text)?.[1];
}

/** Parts of a site that are often written as one word, and the key that the word is of. */
const keysOfOneWord: Readonly<Record<string, string>> = {
  ...{ servers: 'name', 'connector-groups': 'name', users: 'name' },
  ...{ proxy: 'address', parent: 'address', pac: 'file', wpad: 'state', inspection: 'authority' },
  ...{ firewall: 'default', 'host-firewall': 'default', tenant: 'domain', cloud: 'environment' },
  ...{ rules: 'allow', 'application-rules': 'allow', faults: 'name' },
};

/** A word in the place of a mapping, at a path: `servers: [app-1]` → `{ name: app-1 }`. */
export function mappingMeant(path: readonly PropertyKey[], found: unknown): string | undefined {
  const part = typeof path.at(-1) === 'number' ? path.at(-2) : path.at(-1);
  const key = Object.hasOwn(keysOfOneWord, String(part)) ? keysOfOneWord[String(part)] : undefined;
  if (typeof found !== 'string' || key === undefined || found.length > 60 || found.includes('\n'))
    return undefined;
  return `{ ${key}: ${inYaml(found)} }`;
}

/** One value in the place of a list of them: `[service]`. */
export function listMeant(found: unknown): string | undefined {
  if (typeof found === 'number') return `[${found}]`;
  return typeof found === 'string' && found.length <= 60 && !found.includes('\n')
    ? `[${inYaml(found)}]`
    : undefined;
}

/** Text as YAML has it inside brackets. */
function inYaml(text: string): string {
  return /^[a-z][\w.-]*$/i.test(text) ? text : JSON.stringify(text);
}
