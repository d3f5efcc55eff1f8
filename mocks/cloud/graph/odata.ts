import { randomUUID } from 'node:crypto';
import { type CloudReply, type CloudRequest, forScripts, json } from '../service.js';

/** Something that Graph shows: plain values, and relations that are shown only when asked for. */
export interface Entity {
  /** As error messages name it: `connector`. */
  type: string;
  values: Readonly<Record<string, unknown>>;
  relations?: Readonly<Record<string, () => Entity | readonly Entity[]>>;
}

export function isList(found: Entity | readonly Entity[]): found is readonly Entity[] {
  return Array.isArray(found);
}

/** Graph says no, in OData's form (connector-facts 3.1). */
export class GraphRefusal extends Error {
  override readonly name = 'GraphRefusal';
  constructor(
    readonly status: 400 | 401 | 403 | 404 | 405 | 409,
    readonly code: string,
    message: string,
  ) {
    super(message);
  }
}

export const badRequest = (message: string) => new GraphRefusal(400, 'BadRequest', message);

export const notFound = (id: string) =>
  new GraphRefusal(
    404,
    'Request_ResourceNotFound',
    `Resource '${id.slice(0, 64)}' does not exist or one of its queried reference-property objects are not present.`,
  );

export function entityReply(
  request: CloudRequest,
  context: string,
  entity: Entity,
  status = 200,
): CloudReply {
  const shown = show(entity, readOptions(request.url.searchParams, ['$select', '$expand']));
  return reply(request, status, { '@odata.context': metadata(request, `${context}/$entity`), ...shown });
}

export function listReply(request: CloudRequest, context: string, entities: readonly Entity[]): CloudReply {
  const options = readOptions(request.url.searchParams, ['$select', '$expand', '$filter', '$top']);
  const value = entities
    .filter((entity) => !options.filter || passes(entity, options.filter))
    .slice(0, options.top)
    .map((entity) => show(entity, options));
  return reply(request, 200, { '@odata.context': metadata(request, context), value });
}

export function refusalReply(request: CloudRequest, refusal: GraphRefusal, now: number): CloudReply {
  const { status, code, message } = refusal;
  const ids = { 'request-id': randomUUID(), 'client-request-id': clientId(request) ?? randomUUID() };
  const innerError = { date: new Date(now).toISOString().slice(0, 19), ...ids };
  const headers: Record<string, string> = status === 401 ? { 'WWW-Authenticate': 'Bearer realm=""' } : {};
  const answer = reply(request, status, { error: { code, message, innerError } });
  return { ...answer, headers: { ...answer.headers, ...headers, ...ids }, detail: `${code}: ${message}` };
}

export function emptyReply(request: CloudRequest): CloudReply {
  return { status: 204, headers: common(request) };
}

/** A JSON object sent to Graph. @throws GraphRefusal */
export function readBody({ body }: CloudRequest): Record<string, unknown> {
  try {
    const parsed: unknown = JSON.parse(body.toString());
    if (typeof parsed === 'object' && parsed !== null && !Array.isArray(parsed))
      return parsed as Record<string, unknown>;
  } catch {
    // Said below.
  }
  throw badRequest('Unable to read JSON request payload.');
}

function reply(request: CloudRequest, status: number, body: unknown): CloudReply {
  const headers = { ...common(request), ...json, 'OData-Version': '4.0' };
  return { status, headers, body: JSON.stringify(body) };
}

/** Diagnostic headers, and leave for scripts of any page to read the reply. */
function common(request: CloudRequest): Record<string, string> {
  return {
    'request-id': randomUUID(),
    'client-request-id': clientId(request) ?? randomUUID(),
    'x-ms-ags-diagnostic': JSON.stringify({ ServerInfo: { DataCenter: 'Lab', Slice: 'E', Ring: '1' } }),
    'Cache-Control': 'no-cache',
    ...forScripts,
  };
}

function clientId({ headers }: CloudRequest): string | undefined {
  const id = headers['client-request-id'];
  return typeof id === 'string' && /^[\w-]{1,64}$/.test(id) ? id : undefined;
}

function metadata({ host, url }: CloudRequest, context: string): string {
  return `https://${host}/${url.pathname.split('/')[1]}/$metadata#${context}`;
}

interface Options {
  select?: readonly string[];
  expand: readonly string[];
  filter?: readonly Comparison[];
  top?: number;
}

interface Comparison {
  property: string;
  value: string | boolean;
}

/** @throws GraphRefusal for options that no documented page of the connectors uses */
function readOptions(query: URLSearchParams, allowed: readonly string[]): Options {
  for (const name of query.keys())
    if (name.startsWith('$') && !allowed.includes(name))
      throw badRequest(`The query option '${name}' is not supported here.`);
  const list = (name: string) =>
    query
      .get(name)
      ?.split(',')
      .map((one) => one.trim());
  const top = query.get('$top');
  if (top !== null && !/^[1-9]\d{0,2}$/.test(top))
    throw badRequest(`Invalid value '${top}' for $top query option found.`);
  return {
    select: list('$select'),
    expand: list('$expand') ?? [],
    filter: query.get('$filter')?.split(' and ').map(comparison),
    ...(top !== null && { top: Number(top) }),
  };
}

/** `property eq 'value'`; quotes inside are doubled. @throws GraphRefusal */
function comparison(text: string): Comparison {
  const [, property = '', quoted, truth] =
    /^\s*(\w+) eq (?:'((?:[^']|'')*)'|(true|false))\s*$/.exec(text) ?? [];
  if (!property) throw badRequest(`Invalid filter clause: ${text.slice(0, 100)}`);
  return { property, value: quoted === undefined ? truth === 'true' : quoted.replaceAll("''", "'") };
}

function passes(entity: Entity, filter: readonly Comparison[]): boolean {
  return filter.every(({ property, value }) => known(entity, property) === value);
}

function show(entity: Entity, { select, expand }: Options): Record<string, unknown> {
  const chosen = select ? select.map((name) => [name, known(entity, name)]) : Object.entries(entity.values);
  const related = expand.map((name) => {
    const relation = Object.hasOwn(entity.relations ?? {}, name) ? entity.relations?.[name] : undefined;
    if (!relation) throw unknownProperty(entity, name);
    const found = relation();
    return [name, isList(found) ? found.map(({ values }) => values) : found.values];
  });
  return Object.fromEntries([...chosen, ...related]);
}

function known(entity: Entity, name: string): unknown {
  if (!Object.hasOwn(entity.values, name)) throw unknownProperty(entity, name);
  return entity.values[name];
}

function unknownProperty({ type }: Entity, name: string): GraphRefusal {
  return badRequest(
    `Parsing OData Select and Expand failed: Could not find a property named '${name.slice(0, 64)}' on type 'microsoft.graph.${type}'.`,
  );
}
