import type { LabEvent } from '../evidence/event.js';
import type { Device } from '../evidence/vocabulary.js';
import type { Expectation } from '../scenario/expectation.js';
import { administrationInWords } from '../site/administration.js';
import {
  access,
  administration,
  attempt,
  decision,
  dns,
  operation,
  portal,
  reach,
  visit,
  windowsLog,
} from './testing.js';

export type Kind = Expectation['kind'];
export type Of<K extends Kind> = Extract<Expectation, { kind: K }>;
export type Field<E> = Exclude<keyof E, 'kind'>;
type Optional<E> = { [F in Field<E>]: undefined extends E[F] ? F : never }[Field<E>];

export interface Row<E> {
  right: E & Required<E>;
  /** Another value of each field. */
  wrong: { [F in Field<E>]-?: E[F] | undefined };
  /** What a field means where an expectation does not say it: nothing, or a certain value. */
  unsaid: { [F in Optional<E>]-?: 'anything' | { means: E[F] } };
  /** Fields that say what is looked at; the others say what is seen there. */
  about: readonly Field<E>[];
  /** What the expectation is in control and restore, where nobody says it. */
  positive?: Partial<E>;
  /** Events that prove exactly this. */
  evidence(expected: E, connection: string): LabEvent[];
}

const decisionOf = (
  { device = 'edge-firewall', rule = 'default drop' }: { device?: Device; rule?: string },
  connection: string,
) => decision({ connection, action: 'drop', device, rule } as Parameters<typeof decision>[0]);

/** For every kind of expectation, evidence that is right in all, and what is another in each field. */
export const rows: { [K in Kind]: Row<Of<K>> } = {
  result: {
    right: {
      ...{ kind: 'result', operation: 'bootstrap', result: 'tcp-drop', server: 's', host: 'h', port: 443 },
      ...{ device: 'edge-firewall', rule: 'default drop' },
    },
    wrong: {
      ...{ operation: 'listen', result: 'tcp-reset', server: 't', host: 'i', port: 80 },
      ...{ device: 'host-firewall', rule: 'deny h' },
    },
    unsaid: {
      ...{ server: { means: 's' }, host: 'anything', port: 'anything' },
      ...{ device: 'anything', rule: 'anything' },
    },
    about: ['operation', 'server'],
    evidence: (
      { operation: what, result: outcome, server: machine = 's', host, port, ...by },
      connection,
    ) => {
      const seen = { machine, operation: what, outcome, host, port, connection };
      return [decisionOf(by, connection), attempt(seen), operation(seen)];
    },
  },
  visit: {
    right: { kind: 'visit', url: 'https://a.test/', page: 'bad-gateway', user: 'mira', every: true },
    wrong: { url: 'https://b.test/', page: 'gateway-timeout', user: 'noah', every: undefined },
    unsaid: { user: 'anything', every: { means: undefined } },
    about: ['url', 'user'],
    positive: { page: 'application' },
    evidence: ({ url, page, user, every }) => [
      visit({ url, user, page: every ? page : 'forbidden' }),
      visit({ url, user, page }),
    ],
  },
  access: {
    right: { kind: 'access', host: 'h', port: 53, user: 'mira', protocol: 'udp', result: 'tcp-drop' },
    wrong: { host: 'i', port: 445, user: 'noah', protocol: 'tcp', result: 'tcp-reset' },
    unsaid: { user: 'anything', protocol: { means: 'tcp' } },
    about: ['host', 'port', 'user', 'protocol'],
    positive: { result: 'ok' },
    evidence: ({ kind: _, result: outcome, ...where }) => [access({ ...where, outcome })],
  },
  administration: {
    right: {
      ...{ kind: 'administration', outcome: 'BadRequest', user: 'admin' },
      what: { action: 'publish', application: 'Intranet' },
    },
    wrong: { outcome: 'Forbidden', user: 'mira', what: { action: 'publish', application: 'Payroll' } },
    unsaid: { user: 'anything' },
    about: ['what', 'user'],
    positive: { outcome: 'done' },
    evidence: ({ what, user, outcome }) => [
      administration({ text: administrationInWords(what), outcome, ...(user !== undefined && { user }) }),
    ],
  },
  portal: {
    right: { kind: 'portal', connector: 's', status: 'inactive', version: '1.2', group: 'Oslo' },
    wrong: { connector: 't', status: 'absent', version: '1.3', group: 'Lima' },
    unsaid: { version: 'anything', group: 'anything' },
    about: ['connector'],
    positive: { status: 'active' },
    evidence: ({ kind: _, ...shown }) => [portal(shown)],
  },
  reach: {
    right: {
      ...{ kind: 'reach', from: 's', account: 'network-service', host: 'h', port: 443 },
      ...{ result: 'tcp-drop', device: 'edge-firewall', rule: 'default drop' },
    },
    wrong: {
      ...{ from: 't', account: 'local-system', host: 'i', port: 80 },
      ...{ result: 'tcp-reject', device: 'host-firewall', rule: 'deny h' },
    },
    unsaid: { device: 'anything', rule: 'anything' },
    about: ['from', 'account', 'host', 'port'],
    evidence: ({ kind: _, result: outcome, device, rule, ...where }, connection) => [
      decisionOf({ device, rule }, connection),
      reach({ ...where, outcome, connection }),
    ],
  },
  resolve: {
    right: {
      ...{ kind: 'resolve', from: 's', account: 'network-service', name: 'h' },
      ...{ result: 'dns-nxdomain', device: 'resolver', rule: 'zone h' },
    },
    wrong: {
      ...{ from: 't', account: 'local-system', name: 'i' },
      ...{ result: 'dns-timeout', device: 'host-firewall', rule: 'zone i' },
    },
    unsaid: { device: 'anything', rule: 'anything' },
    about: ['from', 'account', 'name'],
    evidence: ({ from: machine, account, name, result: outcome, device = 'resolver', rule = 'zone h' }) => [
      dns({ machine, account, name, outcome, device, rule }),
    ],
  },
  'inbound-probe': {
    right: { kind: 'inbound-probe', server: 's', port: 443, result: 'tcp-drop' },
    wrong: { server: 't', port: 3389, result: 'tcp-reject' },
    unsaid: {},
    about: ['server', 'port'],
    evidence: ({ server: host, port, result: outcome }) => [reach({ from: 'outside', host, port, outcome })],
  },
  log: {
    right: { kind: 'log', id: 1000, text: 'certificate' },
    wrong: { id: 1001, text: 'network' },
    unsaid: { id: 'anything' },
    about: ['id', 'text'],
    evidence: ({ id: eventId, text }) => [windowsLog({ eventId, text: `The ${text} …` })],
  },
};
