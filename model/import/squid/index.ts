import type { Imported, ImportedProxyRule, Importer, NotUnderstood } from '../importer.js';
import { accessOf } from './access.js';
import { aclsOf } from './acl.js';
import { type Directive, isNamedIn, notUnderstoodAt, readDirectives, unknownInclude } from './read-lines.js';
import { type Settings, settingsOf } from './settings.js';

/** squid.conf: the rules of a proxy, and what else of it a site has. */
export const squid: Importer = {
  format: 'squid',
  title: 'squid.conf',
  recognises: ({ text }) =>
    /^[ \t]*http_access[ \t]+(allow|deny)\s/m.test(text) &&
    /^[ \t]*(acl|http_port|auth_param|cache_peer)\s/m.test(text),
  hasPart: ({ text }, { file }) => isNamedIn(text, file),
  read(source, options): Imported {
    const { parts = [] } = options;
    const directives = readDirectives(source, parts);
    const acls = aclsOf(directives, parts);
    const rules: ImportedProxyRule[] = [];
    const notUnderstood: NotUnderstood[] = [];
    let understood = 0;
    for (const directive of directives) {
      if (directive.name === unknownInclude) {
        rules.push(...inDoubt(directive, `include of ${directive.words[0]?.text}`));
        notUnderstood.push({
          ...{ file: directive.file, line: directive.line, text: `include ${directive.words[0]?.text}` },
          why: 'nobody knows what is in this file: name it on the command line, too',
        });
      } else if (directive.name === 'http_access') {
        const access = accessOf(directive, acls, options);
        rules.push(...access.rules);
        if (access.unclear.length === 0) understood++;
        else
          notUnderstood.push(
            notUnderstoodAt(directive, `not known whether it is met: ${access.unclear.join('; ')}`),
          );
      }
    }
    const settings = settingsOf(directives, acls);
    const asks = rules.some(({ ask }) => ask !== undefined);
    const { proxy, inspection } = settings;
    return {
      site: {
        proxy: {
          ...proxy,
          ...(asks && { authentication: settings.schemes.length > 0 ? settings.schemes : ['basic'] }),
          default: defaultOf(directives),
          rules: [
            ...settings.doubts.flatMap((one) => inDoubt(one, one.name)),
            ...(settings.mayRead ? [mayBeRead(settings.mayRead)] : []),
            ...rules,
          ],
        },
        ...(inspection && { inspection }),
      },
      listens: settings.listens,
      understood: understood + settings.understood,
      notUnderstood: [...notUnderstood, ...settings.notUnderstood].sort((one, other) =>
        one.file === other.file ? one.line - other.line : 0,
      ),
    };
  },
};

/** What no line is about, squid treats otherwise than its last line does. */
function defaultOf(directives: readonly Directive[]): 'allow' | 'deny' {
  const last = directives.findLast(({ name }) => name === 'http_access');
  return last?.words[0]?.text === 'deny' ? 'allow' : 'deny';
}

/** It may let pass or refuse whatever is asked. */
function inDoubt({ file, line }: Directive, why: string): ImportedProxyRule[] {
  const of = { unclear: why.slice(0, 1000), source: { file, line } };
  return [
    { deny: 'any', ...of },
    { allow: 'any', ...of },
  ];
}

/** A tunnel that is read may be spoiled, which of these nobody knows. */
function mayBeRead({ line, except }: NonNullable<Settings['mayRead']>): ImportedProxyRule {
  const unclear = `ssl_bump ${line.words.map(({ text }) => text).join(' ')}`.slice(0, 1000);
  const source = { file: line.file, line: line.line };
  return { deny: 'any', method: 'connect', ...(except.length > 0 && { except }), unclear, source };
}
