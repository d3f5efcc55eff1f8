import type { LookKind } from './step-kind.js';

/** A line in the server's Windows event log. */
export interface LogExpectation {
  kind: 'log';
  id?: number;
  text: string;
}

export const logLook: LookKind<LogExpectation> = {
  kind: 'log',
  see({ id, text }, evidence) {
    const event = evidence
      .of('windows-log')
      .findLast((one) => one.text.includes(text) && (id === undefined || one.eventId === id));
    const expected = `${id === undefined ? '' : `${id} `}${text}`;
    return { subject: 'Windows event log', event, observed: event && expected, expected };
  },
};

export function has(text: string, id?: number): LogExpectation {
  return { kind: 'log', text, ...(id && { id }) };
}
