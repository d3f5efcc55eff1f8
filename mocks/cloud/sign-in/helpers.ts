import { type CloudContext, json, type Service } from '../service.js';

/** The small services that registration asks on its way. Their replies are the least that is an answer. */
export function deviceRegistration(context: CloudContext): Service {
  return () => ({
    status: 200,
    headers: json,
    body: JSON.stringify({
      DeviceRegistrationService: { ServiceVersion: '2.0' },
      TenantInfo: { TenantId: context.site().tenant.id },
    }),
  });
}

export function directory(context: CloudContext): Service {
  return () => {
    const { id, domain } = context.site().tenant;
    return {
      status: 200,
      headers: json,
      body: JSON.stringify({ value: [{ tenantId: id, defaultDomain: domain }] }),
    };
  };
}

export function policyKey(): Service {
  return () => ({ status: 200, headers: json, body: JSON.stringify({ keys: [] }) });
}
