import type { z } from 'zod';
import { ProtocolError } from '../xml.js';

export const contracts = 'http://schemas.datacontract.org/2004/07/Microsoft.ApplicationProxy.Common';
export const namespace = `${contracts}.SignalerDataModel`;

export function notOfProtocol(message: string, cause: z.ZodError): ProtocolError {
  return new ProtocolError(`${message}: ${cause.issues[0]?.path.join('.')}`, { cause });
}
