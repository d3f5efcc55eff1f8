import { STATUS_CODES } from 'node:http';
import type { Duplex } from 'node:stream';

const statusOfCode: Readonly<Record<string, number>> = {
  HPE_HEADER_OVERFLOW: 431,
  HPE_CHUNK_EXTENSIONS_OVERFLOW: 413,
  ERR_HTTP_REQUEST_TIMEOUT: 408,
};

/** Says no on a connection that no HTTP server answers for, and ends it. */
export function refuse(socket: Duplex, status: number): void {
  if (!socket.writable) return void socket.destroy();
  const text = `HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n`;
  socket.end(text, () => socket.destroy());
}

/** What is not HTTP, or means two things at once, gets a plain 4xx. */
export function refuseMalformed(error: NodeJS.ErrnoException, socket: Duplex): void {
  refuse(socket, statusOfCode[error.code ?? ''] ?? 400);
}
