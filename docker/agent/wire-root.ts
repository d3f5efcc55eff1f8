/** A certificate that is trusted, DER in base64. */
export interface WireRoot {
  name: string;
  der: string;
}
