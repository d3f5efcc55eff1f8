import type { HostEntry } from '../../site/host-entry.js';
import { type AuthenticationScheme, authenticationSchemes } from '../../site/proxy-schema.js';
import type { Imported, NotUnderstood } from '../importer.js';
import type { Acl } from './acl.js';
import { anyOf, expressionOf } from './expression.js';
import { ofDomain } from './host-patterns.js';
import { type Directive, notUnderstoodAt } from './read-lines.js';

type Parts = NonNullable<Imported['site']>;
type Proxy = NonNullable<Parts['proxy']>;

export interface Settings {
  proxy: Pick<Proxy, 'address'>;
  /** Ports on which it is asked. */
  listens: string[];
  schemes: AuthenticationScheme[];
  inspection?: Parts['inspection'];
  /** Lines that may change what becomes of any request. */
  doubts: Directive[];
  /** A line that may have tunnels read, and whose are left alone before it. */
  mayRead?: { line: Directive; except: HostEntry[] };
  understood: number;
  notUnderstood: NotUnderstood[];
}

/** Directives beside `http_access` that decide about requests, or change them. */
const decisive: Readonly<Record<string, string>> = {
  adaptation_access: 'another program can change requests and answers',
  url_rewrite_program: 'another program can send requests elsewhere',
  url_rewrite_access: 'another program can send requests elsewhere',
  reply_body_max_size: 'large answers can be refused by it',
  deny_info: 'what it refuses is answered with an address of its own, and not with 403',
  follow_x_forwarded_for: 'who asks can be somebody else than who connects',
};

/** Where the proxy has no name of its own. */
const unnamed = 'proxy.contoso.test';

/** What a squid.conf says of a site beside its rules. */
export function settingsOf(directives: readonly Directive[], acls: ReadonlyMap<string, Acl>): Settings {
  const named = (name: string) => directives.filter((one) => one.name === name);
  const notUnderstood: NotUnderstood[] = [];
  const doubts: Directive[] = [];
  let understood = 0;
  const note = (one: Directive, why: string) => void notUnderstood.push(notUnderstoodAt(one, why));

  const asked = named('http_port').filter((one) => !isTransparent(one));
  for (const one of named('http_port').filter(isTransparent))
    note(
      one,
      'connections are taken to it on their way (transparent), which a site says with rules of its firewall',
    );
  const port = asked[0] ?? named('http_port')[0];
  // Nobody asks a proxy that only stands in the way.
  if (port && asked.length === 0) doubts.push(port);
  const numberOf = (one: Directive | undefined) =>
    /(?:^|:)(\d+)$/.exec(one?.words[0]?.text ?? '')?.[1] ?? '3128';
  const own = numberOf(port);
  const [name] = named('visible_hostname').at(-1)?.words ?? [];
  const host = /^[\w.-]+$/.test(name?.text ?? '') ? name?.text : unnamed;

  const schemes = [...new Set(named('auth_param').flatMap(({ words }) => schemeOf(words[0]?.text)))];
  for (const one of named('auth_param')) {
    if (schemeOf(one.words[0]?.text).length > 0) understood++;
    else note(one, 'no lab asks by this scheme');
  }
  for (const one of directives) {
    const why = decisive[one.name];
    if (why !== undefined && !isHarmless(one)) note(one, why);
  }
  const { inspection, mayRead } = inspectionOf(named('ssl_bump'), acls, asked, note);
  return {
    proxy: { address: `${host}:${own}` },
    listens: asked.map(numberOf),
    ...{ schemes, doubts, understood: understood + asked.length, notUnderstood },
    ...(inspection && { inspection }),
    ...(mayRead && { mayRead }),
  };
}

function isTransparent({ words }: Directive): boolean {
  return words.some(({ text }) => /^(intercept|transparent|tproxy|accel)$/.test(text));
}

function schemeOf(text: string | undefined): AuthenticationScheme[] {
  return authenticationSchemes.filter((one) => one === text?.toLowerCase());
}

/** `allow all`, a limit that is none, or a page of its own: a refusal as any other. */
function isHarmless({ name, words }: Directive): boolean {
  if (name === 'deny_info') return !/:\/\/|^(TCP_RESET|\d{3}:)/.test(words[0]?.text ?? '');
  return /^(allow all|none|0( .*)?)$/.test(words.map(({ text }) => text).join(' '));
}

type Note = (one: Directive, why: string) => void;

/**
 * Which tunnels are read: all but what is spliced before, or what is bumped before a splice of all. Behind a line
 * that is not understood nobody knows. The certificates that squid forges name no revocation list, as its
 * machines in labs show.
 */
function inspectionOf(
  lines: readonly Directive[],
  acls: ReadonlyMap<string, Acl>,
  ports: readonly Directive[],
  note: Note,
): Pick<Settings, 'inspection' | 'mayRead'> {
  if (!ports.some(({ words }) => words.some(({ text }) => text === 'ssl-bump'))) return {};
  const except: HostEntry[] = [];
  const only: HostEntry[] = [];
  let reads: boolean | undefined;
  let mayRead: Settings['mayRead'];
  let peeks: Directive | undefined;
  for (const line of lines) {
    const [written = '', ...names] = line.words.map(({ text }) => text);
    const does = earlierNames[written] ?? written;
    if (reads !== undefined) continue;
    // What is only looked at is decided by a later line; at what the server answers, too, it cannot be read any more.
    if (does === 'peek') {
      if (!isOfFirstStep(names, acls)) peeks ??= line;
      continue;
    }
    const hosts = names.length === 1 ? hostsOf(acls.get(names[0] ?? '')) : undefined;
    const isAll = names.length === 0 || (names.length === 1 && names[0] === 'all');
    if ((does === 'splice' || does === 'bump') && isAll) reads = does === 'bump';
    else if (does === 'splice' && hosts && only.length === 0) {
      if (!mayRead) except.push(...hosts);
    } else if (does === 'bump' && hosts) {
      if (!mayRead) only.push(...hosts);
    } else {
      note(line, 'not known which tunnels are read: whether inspection spoils something is not judged');
      mayRead ??= { line, except: [...except, ...only] };
    }
  }
  if (peeks && (reads || only.length > 0)) {
    note(peeks, 'what is peeked at in the second step may not be read any more: inspection is not judged');
    mayRead ??= { line: peeks, except };
    only.length = 0;
  }
  const isKnown = reads === true && mayRead === undefined;
  if (!isKnown && only.length === 0) return { ...(mayRead && { mayRead }) };
  return {
    inspection: {
      ...{ at: 'proxy', 'revocation-info': false },
      ...(except.length > 0 && { except }),
      ...(!isKnown && { only }),
    },
    ...(mayRead && { mayRead }),
  };
}

/** What lines were called before squid 3.5, which later ones still read. */
const earlierNames: Readonly<Record<string, string>> = {
  ...{ none: 'splice', 'server-first': 'bump', 'client-first': 'bump' },
};

/** Before the server is asked: a list of steps with the first alone. */
function isOfFirstStep(names: readonly string[], acls: ReadonlyMap<string, Acl>): boolean {
  return names.some((name) => {
    const acl = acls.get(name);
    return acl?.type === 'at_step' && acl.values.every((one) => /^SslBump1$/i.test(one));
  });
}

/** Hosts of a list, where all of it is known. */
function hostsOf(acl: Acl | undefined): HostEntry[] | undefined {
  if (!acl || acl.unknown !== undefined || acl.doubt !== undefined) return undefined;
  const { type, values, ignoresCase } = acl;
  if (/^(ssl::server_name|dstdomain)$/.test(type)) return values.flatMap((one) => ofDomain(one) ?? []);
  if (!/^(ssl::server_name_regex|dstdom_regex)$/.test(type)) return undefined;
  const { hosts, perhaps } = anyOf(values.map((one) => expressionOf(one, ignoresCase)));
  return perhaps.length === 0 ? hosts : undefined;
}
