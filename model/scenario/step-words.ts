import { administrationInWords } from '../site/administration.js';
import type { Step } from './step.js';

/** What the runner does next, for the evidence. */
export function inWords(step: Step): string {
  switch (step.do) {
    case 'operate':
      return `${step.server}: ${step.operation}`;
    case 'visit':
      return `a user opens ${step.url}`;
    case 'access':
      return `a user connects to ${step.host}:${step.port}`;
    case 'administer':
      return `${step.user ?? 'an administrator'} ${administrationInWords(step.what)}`;
    case 'view-portal':
      return `the administrator looks for ${step.connector} in the portal`;
    case 'pass':
      return `lab time passes: ${step.ms / 60_000} minutes`;
    case 'reach':
      return `${step.from} (${step.account}) connects to ${step.host}:${step.port}`;
    case 'knock':
      return `somebody outside connects to ${step.server}:${step.port}`;
    case 'service':
      return `the ${step.service} service of ${step.server}: ${step.to}`;
  }
}
