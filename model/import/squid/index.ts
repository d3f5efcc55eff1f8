import type { Imported, ImportedProxyRule, Importer, NotUnderstood } from '../importer.js';
import { accessOf } from './access.js';
import { aclsOf } from './acl.js';
import { forwardingOf } from './forwarding.js';
import { type Directive, isNamedIn, notUnderstoodAt, readDirectives, unknownInclude } from './read-lines.js';
import { refusalsOf } from './refusals.js';
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
    const forwarding = forwardingOf(directives, acls, options);
    const others = refusedElsewhere(
      directives,
      acls,
      options,
      inspection !== undefined || settings.mayRead !== undefined,
    );
    for (const { line, why } of [...forwarding.notes, ...others.unclear])
      notUnderstood.push(notUnderstoodAt(line, why));
    return {
      site: {
        proxy: {
          ...proxy,
          ...(forwarding.parent && { parent: forwarding.parent }),
          ...(asks && { authentication: settings.schemes.length > 0 ? settings.schemes : ['basic'] }),
          default: defaultOf(directives),
          rules: [
            ...settings.doubts.flatMap((one) => inDoubt(one, one.name)),
            ...(settings.mayRead ? [mayBeRead(settings.mayRead)] : []),
            ...withRefusals(rules, [...forwarding.rules, ...others.rules]),
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

/**
 * What is refused elsewhere is so of what `http_access` allows: behind whatever that refuses or asks before it first
 * allows something. Of who is asked only after that, it is not known which comes first.
 */
function withRefusals(
  rules: readonly ImportedProxyRule[],
  elsewhere: readonly ImportedProxyRule[],
): ImportedProxyRule[] {
  const first = rules.findIndex(({ allow }) => allow !== undefined);
  const [before, behind] = first < 0 ? [rules, []] : [rules.slice(0, first), rules.slice(first)];
  const isAskedLater = behind.some(({ ask }) => ask !== undefined);
  const refused = elsewhere.map((rule) =>
    isAskedLater
      ? { ...rule, unclear: rule.unclear ?? 'http_access asks who is there, or this refuses' }
      : rule,
  );
  return [...before, ...refused, ...behind];
}

/**
 * What other lists than `http_access` refuse. Answers pass `http_reply_access`: those of tunnels not, but what
 * is read in them.
 */
function refusedElsewhere(
  directives: readonly Directive[],
  acls: Parameters<typeof refusalsOf>[1],
  options: Parameters<typeof refusalsOf>[2],
  isRead: boolean,
): ReturnType<typeof refusalsOf> {
  const of = (name: string) =>
    refusalsOf(
      directives.filter((one) => one.name === name),
      acls,
      options,
    );
  const [missed, adapted, answers] = [of('miss_access'), of('adapted_http_access'), of('http_reply_access')];
  const ofAnswers = answers.rules.flatMap((rule): ImportedProxyRule[] => [
    ...(rule.method === 'connect' ? [] : [{ ...rule, method: 'plain' as const }]),
    ...(isRead
      ? [
          {
            ...rule,
            method: 'connect' as const,
            unclear: rule.unclear ?? 'http_reply_access of what is read in tunnels',
          },
        ]
      : []),
  ]);
  return {
    rules: [...missed.rules, ...adapted.rules, ...ofAnswers],
    unclear: [...missed.unclear, ...adapted.unclear, ...answers.unclear].map(({ line, why }) => ({
      line,
      why: `not known whether it is met: ${why}`,
    })),
  };
}

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
