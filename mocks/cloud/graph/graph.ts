import type { CloudContext, CloudReply, CloudRequest, Handler, Service } from '../service.js';
import { badRequest, GraphRefusal, refusalReply } from './odata.js';
import { callerOf, checkAdministrator } from './permission.js';
import { profileResources } from './profiles.js';
import { type Resource, resources } from './resources.js';

/** The directory's interface for programs, as far as connectors go. Beta only, as documented. */
export const graph: Service = {
  name: 'graph',
  hosts: (names) => [{ name: names.graph, block: 'sign-in', chain: ['ags.privatelink.msidentity.com'] }],
  askedByScripts: true,
  answer,
};

function answer(context: CloudContext): Handler {
  const served = [...resources, ...profileResources()];
  return (request) => {
    if (request.method === 'OPTIONS') return preflight;
    try {
      return serve(context, served, request);
    } catch (error) {
      if (!(error instanceof GraphRefusal)) throw error;
      return refusalReply(request, error, context.stack.clock.now());
    }
  };
}

/** Scripts of any page may ask; what they get depends on their token (Fetch standard, CORS protocol). */
const preflight: CloudReply = {
  status: 200,
  headers: {
    'Access-Control-Allow-Origin': '*',
    'Access-Control-Allow-Methods': 'GET, POST, PUT, PATCH, DELETE',
    'Access-Control-Allow-Headers': 'Authorization, Content-Type, client-request-id, SdkVersion',
    'Access-Control-Max-Age': '600',
  },
};

function serve(context: CloudContext, served: readonly Resource[], request: CloudRequest): CloudReply {
  const claims = callerOf(context, request);
  const [edition = '', ...segments] = segmentsOf(request.url.pathname);
  const found = served.flatMap((resource) => {
    const ids = idsIn(resource.path.split('/'), segments);
    return ids ? [{ resource, ids }] : [];
  });
  const isMe = segments[0]?.toLowerCase() === 'me';
  if (found.length === 0 || (edition !== 'beta' && !(edition === 'v1.0' && isMe)))
    throw badRequest(`Resource not found for the segment '${(segments[0] ?? edition).slice(0, 64)}'.`);
  const fitting = found.find(({ resource }) => resource.method === request.method);
  if (!fitting)
    throw new GraphRefusal(
      405,
      'Request_BadRequest',
      `Specified HTTP method '${request.method}' is not allowed.`,
    );
  if (!fitting.resource.open) checkAdministrator(claims);
  return fitting.resource.answer({ context, request, claims, ids: fitting.ids });
}

/** Keys may be segments or in brackets: `connectors/1`, `connectors('1')`. */
function segmentsOf(path: string): string[] {
  try {
    const text = decodeURIComponent(path).replace(/\('([^']*)'\)/g, '/$1');
    return text.split('/').filter((one) => one !== '');
  } catch {
    throw badRequest('The request URI is not valid.');
  }
}

/** The ids where a path has `*`; undefined where it is another path. Case does not matter. */
function idsIn(path: readonly string[], segments: readonly string[]): string[] | undefined {
  if (path.length !== segments.length) return undefined;
  const fits = path.every(
    (part, index) => part === '*' || part.toLowerCase() === segments[index]?.toLowerCase(),
  );
  return fits ? segments.filter((_, index) => path[index] === '*') : undefined;
}
