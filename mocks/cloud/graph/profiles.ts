import { z } from 'zod';
import type { CloudContext } from '../service.js';
import { connectorEntity, groupEntity } from './entities.js';
import { badRequest, type Entity, emptyReply, entityReply, notFound, readBody } from './odata.js';
import type { GraphRequest, Resource } from './resources.js';

/** Kinds of agents on servers that report to the directory (connector-facts 3.1). */
const profiles = ['applicationProxy', 'exchangeOnline', 'authentication', 'provisioning', 'adAdministration'];

const updaterConfiguration = z.strictObject({
  allowUpdateConfigurationOverride: z.boolean().optional(),
  deferUpdateDateTime: z.iso.datetime().nullable().optional(),
  updateWindow: z
    .strictObject({ updateWindowStartTime: z.string(), updateWindowEndTime: z.string() })
    .nullable()
    .optional(),
});

/** Publishing profiles, and when agents may be updated. Kept; the lab's updater does not ask for it. */
export function profileResources(): Resource[] {
  const configurations = new Map<string, z.infer<typeof updaterConfiguration>>();
  const entity = (context: CloudContext, id: string): Entity => ({
    type: 'onPremisesPublishingProfile',
    values: { id, isEnabled: id === 'applicationProxy', hybridAgentUpdaterConfiguration: configuration(id) },
    relations: {
      connectors: () =>
        id === 'applicationProxy'
          ? [...context.state.connectors.values()].map((one) => connectorEntity(context, one))
          : [],
      connectorGroups: () =>
        id === 'applicationProxy' ? context.state.groups.all.map((one) => groupEntity(context, one)) : [],
    },
  });
  const configuration = (id: string) => ({
    allowUpdateConfigurationOverride: false,
    deferUpdateDateTime: null,
    updateWindow: null,
    ...configurations.get(id),
  });
  return [
    {
      method: 'GET',
      path: 'onPremisesPublishingProfiles/*',
      answer: (asked) =>
        entityReply(asked.request, 'onPremisesPublishingProfiles', entity(asked.context, profile(asked))),
    },
    {
      method: 'PATCH',
      path: 'onPremisesPublishingProfiles/*/hybridAgentUpdaterConfiguration',
      answer: (asked) => {
        const id = profile(asked);
        const parsed = updaterConfiguration.safeParse(readBody(asked.request));
        if (!parsed.success)
          throw badRequest(`Invalid value for the property '${parsed.error.issues[0]?.path.join('.')}'.`);
        configurations.set(id, { ...configurations.get(id), ...parsed.data });
        return emptyReply(asked.request);
      },
    },
  ];
}

function profile({ ids: [id = ''] }: GraphRequest): string {
  const found = profiles.find((one) => one.toLowerCase() === id.toLowerCase());
  if (!found) throw notFound(id);
  return found;
}
