import { createHash } from 'node:crypto';
import type { Site } from '../../model/site/schema.js';

export type DirectoryRole = Site['tenant']['users'][number]['roles'][number];

/** Template ids of directory roles: the same in every tenant, and what tokens name (`wids`). */
export const roleTemplates: Record<DirectoryRole, string> = {
  'global-administrator': '62e90394-69f5-4237-9190-012177145e10',
  'application-administrator': '9b895d92-2cd3-44c7-9d02-a6ac2d5ea5c3',
};

/** The id of something that a site gives a name only: always the same for the same name. */
export function idOf(kind: 'user' | 'application' | 'group' | 'service-principal', name: string): string {
  const hex = createHash('sha256').update(`${kind} ${name.toLowerCase()}`).digest('hex');
  return hex.replace(/^(.{8}).(.{3}).(.{3}).(.{3})(.{12}).*$/, '$1-0$2-4$3-8$4-$5');
}
