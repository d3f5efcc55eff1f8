import { z } from 'zod';
import { regionSchema } from '../../../model/site/cloud-schema.js';
import { idOf } from '../../protocol/directory-ids.js';
import { type ConnectorGroup, GroupRefusedError } from '../groups.js';
import type { RegisteredConnector } from '../registered-connector.js';
import type { CloudContext, CloudReply, CloudRequest } from '../service.js';
import type { Claims } from '../token.js';
import { applicationEntity, connectorEntity, groupEntity, licenceEntities, userEntity } from './entities.js';
import {
  badRequest,
  type Entity,
  emptyReply,
  entityReply,
  GraphRefusal,
  isList,
  listReply,
  notFound,
  readBody,
} from './odata.js';

export interface GraphRequest {
  context: CloudContext;
  request: CloudRequest;
  claims: Claims;
  /** The ids of the path, in order. */
  ids: readonly string[];
}

/** One address of Graph with one method. `*` in its path is an id. */
export interface Resource {
  method: string;
  path: string;
  /** Users see themselves; everything else is for administrators. */
  open?: true;
  answer(asked: GraphRequest): CloudReply;
}

const profile = 'onPremisesPublishingProfiles/applicationProxy';

/** What the pages of the beta reference document for connectors. */
export const resources: readonly Resource[] = [
  {
    method: 'GET',
    path: 'me',
    open: true,
    answer: ({ request, claims }) => entityReply(request, 'users', userEntity(claims.upn ?? '')),
  },
  {
    ...get('me/licenseDetails', 'users/licenseDetails', ({ context }) => licenceEntities(context)),
    open: true,
  },
  get(`${profile}/connectors`, 'connectors', ({ context }) =>
    [...context.state.connectors.values()].map((one) => connectorEntity(context, one)),
  ),
  get(`${profile}/connectors/*`, 'connectors', (asked) => connectorEntity(asked.context, connector(asked))),
  get(`${profile}/connectors/*/memberOf`, 'connectorGroups', (asked) => [
    groupEntity(asked.context, asked.context.state.groups.of(connector(asked))),
  ]),
  // The reference says 201 here and for members; its samples, and the real service, answer 204.
  {
    method: 'POST',
    path: `${profile}/connectors/*/memberOf/$ref`,
    answer: (asked) => {
      asked.context.state.groups.move(connector(asked), group(asked, referred(asked, 'connectorGroups')));
      return emptyReply(asked.request);
    },
  },
  get(`${profile}/connectorGroups`, 'connectorGroups', ({ context }) =>
    context.state.groups.all.map((one) => groupEntity(context, one)),
  ),
  get(`${profile}/connectorGroups/*`, 'connectorGroups', (asked) => groupEntity(asked.context, group(asked))),
  {
    method: 'POST',
    path: `${profile}/connectorGroups`,
    answer: ({ context, request }) => {
      const { name, region } = read(request, groupBody.required({ name: true }));
      const made = refusing(() => context.state.groups.create(name, region));
      return entityReply(request, 'connectorGroups', groupEntity(context, made), 201);
    },
  },
  {
    method: 'PATCH',
    path: `${profile}/connectorGroups/*`,
    answer: (asked) => {
      const found = group(asked);
      const change = read(asked.request, groupBody);
      refusing(() => asked.context.state.groups.update(found, change));
      return entityReply(asked.request, 'connectorGroups', groupEntity(asked.context, found));
    },
  },
  {
    method: 'DELETE',
    path: `${profile}/connectorGroups/*`,
    answer: (asked) => {
      const found = group(asked);
      refusing(() => asked.context.state.groups.remove(found));
      return emptyReply(asked.request);
    },
  },
  get(`${profile}/connectorGroups/*/members`, 'connectors', (asked) =>
    asked.context.state.groups.membersOf(group(asked)).map((one) => connectorEntity(asked.context, one)),
  ),
  {
    method: 'POST',
    path: `${profile}/connectorGroups/*/members/$ref`,
    answer: (asked) => {
      asked.context.state.groups.move(connector(asked, referred(asked, 'connectors')), group(asked));
      return emptyReply(asked.request);
    },
  },
  get(`${profile}/connectorGroups/*/applications`, 'applications', (asked) => {
    const names = asked.context.state.groups.applicationsOf(group(asked));
    const { applications } = asked.context.site();
    return applications
      .filter(({ name }) => names.includes(name))
      .map((one) => applicationEntity(asked.context, one));
  }),
  get('applications', 'applications', ({ context }) =>
    context.site().applications.map((one) => applicationEntity(context, one)),
  ),
  get('applications/*', 'applications', (asked) => applicationEntity(asked.context, application(asked))),
  {
    method: 'PATCH',
    path: 'applications/*',
    answer: (asked) => {
      const { context, request } = asked;
      const found = application(asked);
      read(request, publishingBody);
      if (context.site().tenant.licence === 'free')
        throw forbidden('The tenant has no licence for Application Proxy; Premium P1 or P2 is needed.');
      context.state.published.add(found.name);
      return emptyReply(request);
    },
  },
  get('applications/*/connectorGroup', 'connectorGroups', (asked) =>
    groupEntity(asked.context, asked.context.state.groups.ofApplication(application(asked).name)),
  ),
  {
    method: 'PUT',
    path: 'applications/*/connectorGroup/$ref',
    answer: (asked) => {
      const to = group(asked, referred(asked, 'connectorGroups'));
      asked.context.state.groups.assign(application(asked).name, to);
      return emptyReply(asked.request);
    },
  },
];

function get(
  path: string,
  context: string,
  find: (asked: GraphRequest) => Entity | readonly Entity[],
): Resource {
  return {
    method: 'GET',
    path,
    answer: (asked) => {
      const found = find(asked);
      return isList(found)
        ? listReply(asked.request, context, found)
        : entityReply(asked.request, context, found);
    },
  };
}

function connector({ context, ids }: GraphRequest, id = ids[0] ?? ''): RegisteredConnector {
  const found = context.state.connectors.get(id.toLowerCase());
  if (!found) throw notFound(id);
  return found;
}

function group({ context, ids }: GraphRequest, id = ids[0] ?? ''): ConnectorGroup {
  const found = context.state.groups.find(id);
  if (!found) throw notFound(id);
  return found;
}

function application({ context, ids: [id = ''] }: GraphRequest) {
  const found = context
    .site()
    .applications.find(({ name }) => idOf('application', name) === id.toLowerCase());
  if (!found) throw notFound(id);
  return found;
}

/** The id in `{"@odata.id": "https://graph…/connectorGroups/{id}"}`. @throws GraphRefusal */
function referred({ request }: GraphRequest, collection: string): string {
  const text = readBody(request)['@odata.id'];
  const url = typeof text === 'string' && URL.canParse(text) ? new URL(text) : undefined;
  const id = new RegExp(`/${collection}(?:/|\\(')([\\w-]+)(?:'\\))?$`, 'i').exec(url?.pathname ?? '')?.[1];
  if (url?.host === request.host && id) return id;
  throw badRequest(`The property '@odata.id' must be the address of one of the ${collection}.`);
}

/** What makes an application one that connectors serve (connector-facts 3.1). */
const publishingBody = z.object({
  onPremisesPublishing: z.object({ externalUrl: z.url(), internalUrl: z.url() }),
});

/** Code and words are assumed: the reference names none for a missing licence. */
const forbidden = (why: string) =>
  new GraphRefusal(
    403,
    'Authorization_RequestDenied',
    `Insufficient privileges to complete the operation. ${why}`,
  );

const groupBody = z.object({
  name: z.string().trim().min(1).max(128).optional(),
  region: regionSchema.optional(),
});

function read<T>(request: CloudRequest, schema: z.ZodType<T>): T {
  const parsed = schema.safeParse(readBody(request));
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw badRequest(`Invalid value for the property '${issue?.path.join('.')}': ${issue?.message}.`);
}

/** @throws GraphRefusal where groups refuse */
function refusing<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof GroupRefusedError)) throw error;
    if (error.reason === 'name-taken') throw new GraphRefusal(409, 'Conflict', error.message);
    throw badRequest(error.message);
  }
}
