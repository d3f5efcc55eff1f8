/** Where an inspecting authority publishes its revocation list, inside the customer's network. */
export const inspectionListUrl = 'http://pki.contoso.test/inspection.crl';
