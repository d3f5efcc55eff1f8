import { json, type Service } from '../service.js';

/** Which the installer asks on its way. Its reply is the least that is an answer. */
export const policyKey: Service = {
  name: 'policy-key',
  hosts: (names) => [{ name: names.policyKey, block: 'sign-in' }],
  answer: () => () => ({ status: 200, headers: json, body: JSON.stringify({ keys: [] }) }),
};
