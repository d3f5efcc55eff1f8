/** Where the gateway's firewall sends what is to be inspected. */
export const inspectionPort = 8443;
/** Where it sends what a firewall is to answer itself. */
export const synProxyPort = 8446;
