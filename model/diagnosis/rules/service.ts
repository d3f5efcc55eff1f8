import type { Candidate, Rule } from '../cause.js';
import { stopped } from './stopped.js';

/** A request of registration that the service denied, and nothing on the way to it. */
const denied: Rule = {
  id: 'tenant/registration-denied',
  says: 'The service denied the registration',
  members: ['an administrator without the role', 'a tenant without the licence'],
  unlike: { rule: 'service/unauthorized', tell: 'Look the roles of the administrator up in the directory.' },
  find: ({ evidence, attempts }) => {
    const troubled = new Set(
      attempts.filter(({ symptom }) => symptom !== 'works').map(({ operation }) => operation),
    );
    const ends = evidence.operations.filter(
      ({ operation, outcome }) => operation === 'register' && outcome === 'refused-by-service',
    );
    return troubled.has('register')
      ? []
      : ends.map(
          (one): Candidate => ({
            scope: { server: one.server },
            explains: [one.id],
            confidence: 'certain',
            ...(one.said !== undefined && { seen: one.said }),
          }),
        );
  },
};

/** The connectors listen, and the service has none to ask. */
const unserved: Rule = {
  id: 'service/nobody-serves',
  says: 'No connector serves the application, though the connectors here listen',
  members: ['a connector group without connectors', 'an application in another group than its connectors'],
  unlike: { rule: 'link/idle', tell: "Look the application's connector group up in the portal." },
  find: (sight) => {
    const open = new Set(sight.problems().map(({ id }) => id));
    const pages = sight.evidence.pages.filter(({ id, page }) => open.has(id) && page === 'gateway-timeout');
    const { pages: lost, count } = sight.unasked();
    if (count > 0 && count < lost.length) {
      const seen = `${count} of ${sight.evidence.pages.length} requests came to no connector`;
      const hosts = [...new Set(lost.map(({ url }) => new URL(url).host))];
      const explains = lost.map(({ id }) => id);
      return [{ scope: { port: 443, hosts }, explains, confidence: 'possible', seen }];
    }
    return [...new Set(pages.map(({ url }) => url))].map(
      (url): Candidate => ({
        scope: { host: new URL(url).host, port: 443 },
        explains: pages.filter((one) => one.url === url).map(({ id }) => id),
        confidence: 'likely',
      }),
    );
  },
};

export const service: readonly Rule[] = [
  denied,
  unserved,
  stopped({
    id: 'service/unauthorized',
    says: "The service does not accept the connector's certificate or token",
    members: [
      'a certificate of an earlier registration',
      'keys that were changed',
      'a registration that was removed',
    ],
    unlike: { rule: 'tls/inspected', tell: 'Register the connector anew.' },
    symptoms: ['unauthorized'],
    among: ({ row, forged }) => row !== undefined && !forged,
    passed: ({ symptom, shown }) => symptom === 'works' && shown?.clientCertificate === 'sent',
  }),
  stopped({
    id: 'service/refuses',
    says: 'The service answers, and refuses',
    members: ['a fault of the service', 'too many requests'],
    unlike: {
      rule: 'service/unauthorized',
      tell: 'Try again later; look at the health page of the service.',
    },
    symptoms: ['refused-by-service', 'answer-stopped'],
    among: ({ row, forged, operation }) => row !== undefined && !forged && operation !== 'revocation-check',
    passed: ({ symptom }) => symptom === 'works',
    seen: (failed) => failed[0]?.said,
  }),
];
