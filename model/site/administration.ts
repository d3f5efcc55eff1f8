import type { Region } from './cloud-schema.js';

/** What an administrator does with the directory's interface, by the names of things. */
export type AdministratorAction =
  | { action: 'create-group'; group: string }
  | { action: 'set-region'; group: string; region: Region }
  /** `connector`: the server's name, as the connectors page shows it. */
  | { action: 'move-connector'; connector: string; group: string }
  | { action: 'assign-application'; application: string; group: string }
  | { action: 'publish'; application: string };

export function administrationInWords(asked: AdministratorAction): string {
  switch (asked.action) {
    case 'create-group':
      return `makes the group ${asked.group}`;
    case 'set-region':
      return `moves the group ${asked.group} to the region ${asked.region}`;
    case 'move-connector':
      return `puts ${asked.connector} into the group ${asked.group}`;
    case 'assign-application':
      return `assigns ${asked.application} to the group ${asked.group}`;
    case 'publish':
      return `publishes ${asked.application}`;
  }
}
