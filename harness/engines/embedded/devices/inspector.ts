import { inspectedPorts, inspection } from '../../../../mocks/devices/inspection.js';
import type { InspectionAuthority } from '../../../../mocks/pki/inspection-authority.js';
import type { Inspection as InspectionSettings } from '../../../../model/site/schema.js';
import type { Device, DeviceContext, DeviceKind } from './device.js';

/** A transparent inspector on the path: it stands in the middle of what goes to the ports it reads. */
export const inspector: DeviceKind = {
  atEdge: (context, { site, authority }) =>
    site.inspection?.at === 'edge' && authority
      ? inspectorOf(context, site.inspection, authority)
      : undefined,
};

function inspectorOf(
  context: DeviceContext,
  settings: InspectionSettings,
  authority: InspectionAuthority,
): Device {
  const stand = inspection(context, settings, authority);
  const ports = inspectedPorts(settings);
  return async (attempt, next) => {
    if (!ports.includes(attempt.flow.port)) return next();
    const [client, inner] = await context.fabric.pair();
    void stand(attempt, inner, next);
    return client;
  };
}
