import fc from 'fast-check';
import { beforeAll, expect, it } from 'vitest';
import { documentedSite } from '../../model/site/documented.js';
import { LabClock } from '../devices/lab-clock.js';
import { Pki } from '../pki/pki.js';
import { roleTemplates } from '../protocol/directory-ids.js';
import { serviceNames } from '../protocol/names.js';
import { graph } from './graph/graph.js';
import type { CloudContext, CloudRequest, Handler } from './service.js';
import { signIn } from './sign-in/sign-in.js';
import { CloudState } from './state.js';
import { makeToken, readToken } from './token.js';

/** What sign-in and the directory make of anything at all: a plain refusal, and never an error. */
const site = documentedSite();
const names = serviceNames(site);
const now = Date.UTC(2026, 5, 1);
let context: CloudContext;

beforeAll(async () => {
  const state = new CloudState();
  state.groups.seed(site);
  context = {
    stack: { machine: 'cloud', clock: new LabClock(now), emit: () => '' } as unknown as CloudContext['stack'],
    pki: await Pki.create(now),
    state,
    site: () => site,
    names: () => names,
  };
});

const word = fc.oneof(fc.string({ maxLength: 40 }), fc.string({ unit: 'binary', maxLength: 20 }));
/** One of some words, or anything. */
const near = (...words: string[]) => fc.oneof({ weight: 3, arbitrary: fc.constantFrom(...words) }, word);

function asked(host: string, path: string, more: Partial<CloudRequest>): CloudRequest {
  const url = new URL(`https://${host}/`);
  url.pathname = path;
  const request = { host, connection: 'c1', peer: '198.18.3.1', certificate: 'not-asked' as const };
  return { ...request, method: 'GET', url, headers: {}, body: Buffer.alloc(0), ...more };
}

async function isAnswered(answer: Handler | undefined, request: CloudRequest): Promise<void> {
  const { status } = (await answer?.(request)) ?? { status: 0 };
  expect(status).toBeGreaterThanOrEqual(200);
  expect(status).toBeLessThan(500);
}

it('sign-in refuses any form', () => {
  const service = signIn.answer(context);
  const path = fc
    .tuple(
      near('common', site.tenant.id, '__proto__'),
      near(
        'oauth2/v2.0/token',
        'oauth2/v2.0/authorize',
        'oauth2/v2.0/devicecode',
        'login',
        'SAS/ProcessAuth',
        'oauth2/deviceauth',
      ),
    )
    .map((parts) => `/${parts.join('/')}`);
  const key = near(
    'client_id',
    'grant_type',
    'scope',
    'code',
    'redirect_uri',
    'response_type',
    'response_mode',
    'username',
    'ctx',
    'otc',
  );
  const value = near(
    '55747057-9b5d-4bd4-b387-abf52a8bd489',
    'authorization_code',
    'password',
    'constructor',
    'openid',
    'code id_token',
    'http://localhost:1',
  );
  const form = fc
    .array(fc.tuple(key, value), { maxLength: 8 })
    .map((pairs) => new URLSearchParams(pairs).toString());
  return fc.assert(
    fc.asyncProperty(path, form, fc.boolean(), async (at, text, posted) => {
      const request = asked(names.authority, at, posted ? { method: 'POST', body: Buffer.from(text) } : {});
      if (!posted) request.url.search = text;
      await isAnswered(service, request);
    }),
  );
});

it('the directory refuses any request, also of an administrator', () => {
  const nbf = now / 1000;
  const iss = `https://${names.authority}/${site.tenant.id}/v2.0`;
  const person = { iss, tid: site.tenant.id, azp: 'x', oid: 'x', upn: 'admin@contoso.test' };
  const wids = [roleTemplates['global-administrator']];
  const claims = {
    ...person,
    aud: `https://${names.graph}`,
    scp: 'Directory.AccessAsUser.All',
    wids,
    nbf,
    exp: nbf + 60,
  };
  const headers = { authorization: `Bearer ${makeToken(claims, context.pki.tokenKey)}` };
  const segment = near(
    'onPremisesPublishingProfiles',
    'applicationProxy',
    'connectorGroups',
    'connectors',
    'members',
    '$ref',
    "connectors('%')",
    '%',
  );
  const path = fc.array(segment, { maxLength: 6 }).map((parts) => `/beta/${parts.join('/')}`);
  const option = fc.tuple(
    near('$filter', '$select', '$expand', '$top'),
    near("name eq 'x'", 'name eq ', 'members', '__proto__', '0', 'id,,'),
  );
  const query = fc.array(option, { maxLength: 3 }).map((pairs) => new URLSearchParams(pairs).toString());
  const method = fc.constantFrom('GET', 'POST', 'PUT', 'PATCH', 'DELETE');
  const body = fc.oneof(
    fc.json(),
    word,
    fc.constantFrom('{"name":"a"}', '{"@odata.id":"x:"}', '{"name":null}'),
  );
  return fc.assert(
    fc.asyncProperty(path, query, method, body, async (at, search, verb, text) => {
      const request = asked(names.graph, at, { method: verb, headers, body: Buffer.from(text) });
      request.url.search = search;
      await isAnswered(graph.answer?.(context), request);
    }),
    { numRuns: 300 },
  );
});

it('no token is good but those that were signed', () => {
  const { tokenKey } = context.pki;
  const part = near('e30', '', '.', 'eyJhbGciOiJub25lIn0');
  fc.assert(
    fc.property(fc.array(part, { maxLength: 5 }), (parts) => {
      expect(readToken(parts.join('.'), tokenKey, now)).toBeUndefined();
    }),
  );
});
