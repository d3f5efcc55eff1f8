/** What a registered connector has: who it is, and how it proves it. */
export interface Identity {
  connectorId: string;
  certificatePem: string;
  keyPem: string;
}

/** What an installation has on disk. */
export interface Installation {
  /** Who it is registered as; absent: nobody. */
  identity?: Identity;
}
