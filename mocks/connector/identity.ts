/** What a registered connector has: who it is, and how it proves it. */
export interface Identity {
  connectorId: string;
  certificatePem: string;
  keyPem: string;
}
