/** Where the gateway's firewall sends what is to be inspected. */
export const inspectionPort = 8443;
/** Where it sends what it decides about by the first bytes. */
export const peekPort = 8444;
