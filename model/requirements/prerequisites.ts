/** Versions that the requirements page asks for (server/os-version, server/dotnet-version, server/connector-version). */
export const prerequisites = {
  windows: 'server-2012-r2',
  dotnet: '4.7.1',
  /** From this version on the installer looks at the .NET Framework. */
  connectorThatNeedsDotnet: '1.5.3437.0',
  connectorForPrivateAccess: '1.5.3417.0',
} as const;
