// @peculiar/x509's declarations use DOM names; Node has the same types under `webcrypto`.
import type { webcrypto } from 'node:crypto';

declare global {
  type CryptoKey = webcrypto.CryptoKey;
  type CryptoKeyPair = webcrypto.CryptoKeyPair;
  type BufferSource = webcrypto.BufferSource;
  type Algorithm = webcrypto.Algorithm;
  type EcKeyGenParams = webcrypto.EcKeyGenParams;
  type EcdsaParams = webcrypto.EcdsaParams;
  type RsaHashedKeyGenParams = webcrypto.RsaHashedKeyGenParams;
  type KeyUsage = webcrypto.KeyUsage;
  type JsonWebKey = webcrypto.JsonWebKey;
  type Crypto = webcrypto.Crypto;
}
