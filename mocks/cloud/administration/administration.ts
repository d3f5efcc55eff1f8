import { z } from 'zod';
import { registrationResource } from '../../protocol/oauth.js';
import { type ConnectorGroup, GroupRefusedError } from '../groups.js';
import { statusOf } from '../portal/portal.js';
import type { RegisteredConnector } from '../registered-connector.js';
import {
  type CloudContext,
  type CloudReply,
  type CloudRequest,
  type Handler,
  json,
  type Service,
} from '../service.js';
import { readToken } from '../token.js';

/** Kinds of agents that one service registers; the lab has connectors only, the others are empty. */
const publishingTypes = ['applicationProxy', 'authentication', 'provisioning', 'adAdministration'] as const;

const path =
  /^\/onPremisesPublishingProfiles\('(\w+)'\)\/(agents|agentGroups)(?:\('([0-9a-f-]{36})'\)\/agentGroups\/\$ref)?$/;
const newGroup = z.object({ displayName: z.string().min(1).max(256) });
const reference = z.object({ '@odata.id': z.string().max(512) });

/**
 * The registration service's own administration, as published tools use it (connector-facts 1.8).
 * Known are addresses, methods and the token's audience; the members of agents and groups are those
 * that Graph documents, and what refusals look like is assumed.
 */
export const administration: Service = {
  name: 'administration',
  hosts: (names) => [
    {
      name: names.administration,
      block: 'connector-administration',
      chain: ['cwap-weur-1.cloudapp.azure.com'],
    },
  ],
  answer,
};

function answer(context: CloudContext): Handler {
  const { state } = context;
  return (request) => {
    const refused = refuseToken(request);
    if (refused) return refused;
    const [, type = '', collection, agentId] = path.exec(request.url.pathname) ?? [];
    if (!(publishingTypes as readonly string[]).includes(type)) return problem(404, 'no such profile');
    const agents = type === 'applicationProxy' ? [...state.connectors.values()] : [];
    if (agentId) {
      const agent = agents.find(({ id }) => id === agentId);
      if (!agent) return problem(404, 'no such agent');
      return request.method === 'POST' ? assign(agent, request) : problem(405, 'POST only');
    }
    if (request.method === 'GET')
      return ok({ value: collection === 'agents' ? agents.map(agentOf) : groupsOf(type, request) });
    return collection === 'agentGroups' && request.method === 'POST'
      ? create(type, request)
      : problem(405, 'GET only');
  };

  function refuseToken({ headers }: CloudRequest): CloudReply | undefined {
    const [, token = ''] = /^Bearer (\S+)$/.exec(headers.authorization ?? '') ?? [];
    const claims = readToken(token, context.pki.tokenKey, context.stack.clock.now());
    if (claims?.aud !== registrationResource || claims.tid !== context.site().tenant.id)
      return problem(401, 'a token of this tenant for registration is needed');
    return claims.wids.length === 0 ? problem(403, 'an administrator is needed') : undefined;
  }

  function agentOf(connector: RegisteredConnector) {
    const { id, machineName, externalIp } = connector;
    const status = statusOf(context, connector);
    return { id, machineName, externalIp, status, supportedPublishingTypes: ['applicationProxy'] };
  }

  function groupsOf(type: string, { url }: CloudRequest) {
    if (type !== 'applicationProxy') return [];
    const expand = url.searchParams.get('$expand') === 'agents';
    return state.groups.all.map((group) => ({
      ...groupOf(group),
      ...(expand && { agents: state.groups.membersOf(group).map(agentOf) }),
    }));
  }

  function groupOf({ id, name, isDefault }: ConnectorGroup) {
    return { id, displayName: name, isDefault, publishingType: 'applicationProxy' };
  }

  function create(type: string, { body }: CloudRequest): CloudReply {
    const asked = read(newGroup, body);
    if (!asked || type !== 'applicationProxy') return problem(400, 'a group needs a displayName');
    try {
      return { ...ok(groupOf(state.groups.create(asked.displayName))), status: 201 };
    } catch (error) {
      if (error instanceof GroupRefusedError) return problem(409, error.message);
      throw error;
    }
  }

  function assign(agent: RegisteredConnector, { body }: CloudRequest): CloudReply {
    const id = /\/agentGroups\('([0-9a-f-]{36})'\)$/i.exec(read(reference, body)?.['@odata.id'] ?? '')?.[1];
    const group = id && state.groups.find(id);
    if (!group) return problem(400, 'no such group');
    state.groups.move(agent, group);
    return { status: 204 };
  }
}

function read<T>(schema: z.ZodType<T>, body: Buffer): T | undefined {
  try {
    return schema.parse(JSON.parse(body.toString()));
  } catch {
    return undefined;
  }
}

function ok(value: object): CloudReply {
  return { status: 200, headers: json, body: JSON.stringify(value) };
}

function problem(status: number, message: string): CloudReply {
  const error = { code: status === 401 ? 'Unauthorized' : 'Request_BadRequest', message };
  return { status, headers: json, body: JSON.stringify({ error }), detail: message };
}
