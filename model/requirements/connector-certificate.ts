/**
 * How long the certificate lasts that a connector gets when it registers, and with each renewal, in days
 * (documented with the troubleshooting of connectors: docs/sources/customers.md, P15).
 */
export const connectorCertificateDays = 180;
