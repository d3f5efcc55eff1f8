/** Where the gateway's firewall sends what is to be inspected. */
export const inspectionPort = 8443;
