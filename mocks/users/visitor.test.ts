import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { EventBody, EventKind } from '../../model/evidence/event.js';
import type { CloudFault } from '../../model/evidence/vocabulary.js';
import { documentedSite } from '../../model/site/documented.js';
import type { Site } from '../../model/site/schema.js';
import { serviceNames } from '../protocol/names.js';
import { type OpenCloud, openCloud } from '../testing/open-cloud.js';
import { Visitor } from './visitor.js';

const external = 'https://intranet-contoso.msappproxy.net/';
const edge = new URL(external).host;
const plain = documentedSite();
const names = serviceNames(plain);
const publish = { action: 'publish', application: 'Intranet' } as const;
const withFault = (fault: CloudFault, host: string): Site => ({
  ...plain,
  cloud: { ...plain.cloud, faults: [{ fault, host }] },
});

let lab: OpenCloud;
let site: Site;
let users: Visitor;

beforeAll(async () => {
  lab = await openCloud(plain);
});
afterAll(() => lab[Symbol.asyncDispose]());
beforeEach(() => change(plain));

async function change(to: Site): Promise<void> {
  site = to;
  await lab.change(to);
  const stack = lab.stack('user');
  users = new Visitor({ stack, roots: lab.pki.roots, site: () => site });
}

function last<K extends EventKind>(kind: K): Extract<EventBody, { kind: K }> | undefined {
  return lab.events.findLast((event): event is Extract<EventBody, { kind: K }> => event.kind === kind);
}

async function seen(user?: string): Promise<readonly [string | undefined, number | undefined]> {
  await users.visit(external, user);
  const visit = last('visit');
  return [visit?.page, visit?.status];
}

describe('a user who gets no application does not see one', () => {
  it.each([
    ['service-unavailable', 503],
    ['throttled', 429],
  ] as const)('%s: the service answers for itself', async (fault, status) => {
    await change(withFault(fault, edge));
    expect(await seen()).toEqual(['service-error', status]);
  });

  it('when it is not published, and when no connector listens', async () => {
    expect(await seen()).toEqual(['gateway-timeout', 504]);
    expect(await seen('nobody')).toEqual(['sign-in', 302]);
    await change({ ...plain, applications: plain.applications.map((one) => ({ ...one, published: false })) });
    expect(await seen()).toEqual(['not-found', 404]);
  });
});

describe('what the network does to a user is evidence', () => {
  it('at the application', async () => {
    await change(withFault('half-closed', edge));
    expect(await seen()).toEqual(['unreachable', 0]);
  });

  it('at an application whose answer begins and does not end: nobody waits for lab time that stands still', async () => {
    await change(withFault('slow-body', edge));
    await users.visit(external);
    expect(last('visit')).toMatchObject({
      page: 'unreachable',
      detail: expect.stringMatching(/did not end in \d+ s/),
    });
  });

  it('at the sign-in', async () => {
    await change(withFault('half-closed', names.authority));
    expect(await seen()).toEqual(['unreachable', 0]);
    await change(withFault('service-unavailable', names.authority));
    expect(await seen()).toEqual(['sign-in', 503]);
    expect(last('visit')?.detail).toContain('the sign-in answers 503');
  });

  it('on the way to a private resource', async () => {
    const target = { host: 'files.contoso.test', port: 445 };
    await change(withFault('half-closed', names.authority));
    await users.access(target);
    expect(last('access')).toMatchObject({
      outcome: 'tcp-reset',
      sent: 0,
    });
    const { address = '' } = lab.cloud.zone.find(({ name }) => name === names.privateAccess) ?? {};
    await lab.stack('cloud').listen(address, 443, ({ socket }) => socket.destroy());
    await users.access(target);
    expect(last('access')).toMatchObject({ outcome: 'tcp-reset', sent: 0, received: 0 });
  });

  it('to an administrator', async () => {
    await change(withFault('half-closed', names.graph));
    await users.administer(publish);
    expect(last('administration')).toMatchObject({ outcome: 'unreachable', status: 0 });
    await change(withFault('half-closed', names.authority));
    await users.administer(publish);
    expect(last('administration')).toMatchObject({ outcome: 'unreachable', status: 0 });
  });

  it('to an administrator whom Graph answers with a page, or says no', async () => {
    await change(withFault('service-unavailable', names.graph));
    await users.administer(publish);
    expect(last('administration')).toMatchObject({ outcome: '503', status: 503 });
    await change(withFault('throttled', names.graph));
    await users.administer(publish);
    expect(last('administration')).toMatchObject({ outcome: 'TooManyRequests', status: 429 });
  });
});

it('what is wrong with the lab itself is no evidence: it is thrown', async () => {
  await expect(users.visit('no address')).rejects.toThrow(TypeError);
  const broken = { ...lab.stack('user'), connect: () => Promise.reject(new TypeError('a slip')) };
  users = new Visitor({ stack: broken, roots: lab.pki.roots, site: () => site });
  await expect(users.visit(external)).rejects.toThrow('a slip');
  await expect(users.access({ host: 'files.contoso.test', port: 445 })).rejects.toThrow('a slip');
  await expect(users.administer(publish)).rejects.toThrow('a slip');
});
