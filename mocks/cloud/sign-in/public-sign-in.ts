import type { Site } from '../../../model/site/schema.js';
import { serviceNames } from '../../protocol/names.js';
import type { CloudContext, Service } from '../service.js';
import { signIn } from './sign-in.js';

/** A directory of the public cloud that is not the site's. */
const publicTenant = 'f2d7e5a0-6c1b-4b8e-9a53-0d1c7e4b9f26';

/** Who installs for the wrong cloud ends up at the public one's authority. It knows nobody of the tenant. */
export const publicSignIn: Service = {
  name: 'public-sign-in',
  hosts: (_, { cloud }) =>
    cloud.environment === 'public'
      ? []
      : [
          { name: 'login.microsoftonline.com', block: 'sign-in' },
          { name: 'login.windows.net', block: 'sign-in' },
        ],
  answer: (context) => signIn.answer(publicDirectory(context)),
};

function publicDirectory(context: CloudContext): CloudContext {
  const site = (): Site => {
    const own = context.site();
    const tenant = { ...own.tenant, id: publicTenant, domain: 'fabrikam.test', users: [] };
    return { ...own, cloud: { ...own.cloud, environment: 'public' }, tenant };
  };
  return { ...context, site, names: () => serviceNames(site()) };
}
