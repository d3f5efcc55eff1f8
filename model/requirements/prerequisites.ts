import { editionFor, type Judged } from './editions/index.js';

/** Versions that the requirements page asks for whatever its edition (server/dotnet-version, server/connector-version). */
export const prerequisites = {
  /** From this version on the installer looks at the .NET Framework. */
  connectorThatNeedsDotnet: '1.5.3437.0',
  connectorForPrivateAccess: '1.5.3417.0',
} as const;

/** The least Windows and .NET Framework that the edition asks for by which a site is judged. */
export function leastOf(site: Judged): { windows: string; dotnet: string } {
  return editionFor(site).prerequisites;
}
