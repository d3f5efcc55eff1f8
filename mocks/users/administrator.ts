import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import type { AdministratorAction } from '../../model/site/administration.js';
import type { Site } from '../../model/site/schema.js';
import { idOf } from '../protocol/directory-ids.js';

/** Sends a request to Graph with the administrator's token. */
export type AskGraph = (
  method: 'GET' | 'POST' | 'PUT' | 'PATCH',
  path: string,
  body?: unknown,
) => Promise<{ status: number; body: string }>;

const listSchema = z.object({ value: z.array(z.looseObject({ id: z.string() })) });
const errorSchema = z.object({ error: z.object({ code: z.string(), message: z.string() }) });
const profile = '/onPremisesPublishingProfiles/applicationProxy';

/** How it went. `outcome`: `done`, the error's code, or the status where the answer has no code. */
export interface Administered {
  status: number;
  outcome: string;
  detail?: string;
}

/** Does something as a program of an administrator would: looks ids up, then changes. */
export async function administer(
  ask: AskGraph,
  base: string,
  asked: AdministratorAction,
  site: Site,
): Promise<Administered> {
  const { status, body } = await send();
  if (status < 300) return { status, outcome: 'done' };
  const { code, message } = errorIn(body) ?? { code: `${status}`, message: body };
  return { status, outcome: code, detail: message };

  async function send() {
    const at = (path: string) => ({ '@odata.id': `${base}${profile}${path}` });
    switch (asked.action) {
      case 'create-group':
        return ask('POST', `${profile}/connectorGroups`, { name: asked.group });
      case 'set-region':
        return ask('PATCH', `${profile}/connectorGroups/${await group(asked.group)}`, {
          region: asked.region,
        });
      case 'move-connector': {
        const members = `${profile}/connectorGroups/${await group(asked.group)}/members/$ref`;
        const connector = await idIn('connectors', 'machineName', asked.connector);
        return ask('POST', members, at(`/connectors/${connector}`));
      }
      case 'assign-application': {
        const path = `/applications/${idOf('application', asked.application)}/connectorGroup/$ref`;
        return ask('PUT', path, at(`/connectorGroups/${await group(asked.group)}`));
      }
      case 'publish': {
        const one = site.applications.find(({ name }) => name === asked.application);
        const onPremisesPublishing = { externalUrl: one?.external, internalUrl: one?.internal };
        return ask('PATCH', `/applications/${idOf('application', asked.application)}`, {
          onPremisesPublishing,
        });
      }
    }
  }

  function group(name: string): Promise<string> {
    return idIn('connectorGroups', 'name', name);
  }

  /** Of what is not there, an id that nothing has: as if it had been taken from somewhere else. */
  async function idIn(collection: string, property: string, name: string): Promise<string> {
    const listed = await ask('GET', `${profile}/${collection}`);
    const parsed = listed.status === 200 ? listSchema.parse(JSON.parse(listed.body)).value : [];
    return parsed.find((one) => one[property] === name)?.id ?? randomUUID();
  }
}

/** Graph's error; undefined where something answered that is not Graph: its front, or a page on the way. */
function errorIn(body: string): { code: string; message: string } | undefined {
  try {
    return errorSchema.parse(JSON.parse(body)).error;
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof z.ZodError) return undefined;
    throw error;
  }
}
