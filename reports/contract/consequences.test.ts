import { expect, it } from 'vitest';
import { operations, resultNames } from '../../model/evidence/vocabulary.js';
import { consequencesInWords } from './consequences.js';

const server = 'app-proxy-01';
const of = (operation: (typeof operations)[number], result: (typeof resultNames)[number]) => ({
  ...{ server, operation, result, events: ['e1'] },
});

it('says what does not work and why, with the names of both', () => {
  expect(consequencesInWords({ consequences: [of('bootstrap', 'http-unauthorized')] })).toEqual([
    'app-proxy-01 cannot fetch its configuration (bootstrap): the service does not accept its certificate or token (http-unauthorized)',
  ]);
});

it('says once what fails alike', () => {
  const consequences = (['listen', 'deliver', 'listen', 'renew'] as const).map((one) =>
    of(one, 'not-attempted'),
  );
  expect(consequencesInWords({ consequences })).toEqual([
    "app-proxy-01 cannot listen for users' requests (listen), serve users' requests (deliver) or renew its connector's certificate (renew): something that has to work before does not (not-attempted)",
  ]);
});

it('has a sentence of its own for every operation and every result', () => {
  const consequences = operations.flatMap((one) =>
    resultNames.map((result) => ({ ...of(one, result), server: `${one}.${result}` })),
  );
  const told = consequencesInWords({ consequences }).map((line) => line.slice(line.indexOf(' ')));
  expect(new Set(told).size).toBe(operations.length * resultNames.length);
});
