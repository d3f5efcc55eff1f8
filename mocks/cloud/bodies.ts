import type { IncomingMessage } from 'node:http';

/** Requests with larger bodies are refused, bytes. */
const largestBody = 4 * 1024 * 1024;
/** Bodies that are still coming may hold so much together, bytes; whoever brings more is refused. */
const mostTogether = 64 * 1024 * 1024;

/** Bodies of requests, bounded one by one and all together. */
export class Bodies {
  #held = 0;

  async read(message: IncomingMessage): Promise<Buffer | 'too-large' | 'broken-off'> {
    const chunks: Buffer[] = [];
    let length = 0;
    try {
      for await (const chunk of message as AsyncIterable<Buffer>) {
        chunks.push(chunk);
        length += chunk.length;
        this.#held += chunk.length;
        if (length > largestBody || this.#held > mostTogether) return 'too-large';
      }
      return Buffer.concat(chunks);
    } catch {
      return 'broken-off';
    } finally {
      this.#held -= length;
    }
  }
}
