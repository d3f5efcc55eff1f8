/** Targets after which the next rule is asked. */
export const targetsThatGoOn: ReadonlySet<string> = new Set([
  ...['LOG', 'NFLOG', 'ULOG', 'MARK', 'CONNMARK', 'TCPMSS', 'DSCP', 'TOS', 'TTL', 'HL', 'CLASSIFY', 'CT'],
  ...['NOTRACK', 'SECMARK', 'CONNSECMARK', 'SET', 'AUDIT', 'TRACE', 'CHECKSUM', 'ACCOUNT', 'RATEEST'],
]);
