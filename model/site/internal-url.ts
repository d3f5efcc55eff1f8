/** Where the internal URL of an application leads. */
export interface InternalPlace {
  host: string;
  port: number;
  /** Whether TLS is spoken there. */
  secure: boolean;
  path: string;
}

/** @see InternalPlace */
export function internalPlace({ internal }: { internal: string }): InternalPlace {
  const { hostname: host, protocol, port, pathname: path } = new URL(internal);
  const secure = protocol === 'https:';
  return { host, port: Number(port || (secure ? 443 : 80)), secure, path };
}
