import { json, type Service } from '../service.js';

/** Which the installer asks on its way. Its reply is the least that is an answer. */
export const deviceRegistration: Service = {
  name: 'device-registration',
  hosts: (names) => [
    { name: names.deviceRegistration, block: 'sign-in', chain: ['prda.aadg.msidentity.com'] },
  ],
  answer: (context) => () => ({
    status: 200,
    headers: json,
    body: JSON.stringify({
      DeviceRegistrationService: { ServiceVersion: '2.0' },
      TenantInfo: { TenantId: context.site().tenant.id },
    }),
  }),
};
