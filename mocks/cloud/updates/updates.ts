import { newestConnector } from '../../protocol/update.js';
import { json, refuseCertificate, type Service } from '../service.js';

/** Which version is the newest. */
export function updates(): Service {
  return (request) =>
    refuseCertificate(request) ?? {
      status: 200,
      headers: json,
      body: JSON.stringify({ version: newestConnector }),
    };
}
