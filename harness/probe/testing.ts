import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { type Answer, decode, encode } from 'dns-packet';

/** A resolver on loopback that knows a few names, each with its aliases; of others it says that there are none. */
export async function loopbackResolver(
  names: Readonly<Record<string, readonly string[]>>,
): Promise<AsyncDisposable & { address: string; asked: string[] }> {
  const socket = createSocket('udp4');
  const asked: string[] = [];
  socket.on('message', (message, { port, address }) => {
    const query = decode(message);
    const [question] = query.questions ?? [];
    if (!question) return;
    asked.push(question.name);
    const chain = [question.name, ...(names[question.name] ?? [])];
    const last = chain.at(-1) ?? '';
    const aliases = chain.slice(0, -1).map((name, index): Answer => {
      return { type: 'CNAME', name, ttl: 60, data: chain[index + 1] ?? '' };
    });
    const isKnown = question.name in names || Object.values(names).some((all) => all.includes(question.name));
    const answers =
      question.type === 'A'
        ? [...aliases, { type: 'A' as const, name: last, ttl: 60, data: '127.0.0.1' }]
        : aliases.slice(0, 1);
    const packet = encode({
      ...{ type: 'response', id: query.id ?? 0, flags: isKnown ? 0x8180 : 0x8183 },
      questions: [question],
      answers: isKnown ? answers : [],
    });
    socket.send(packet, port, address);
  });
  socket.bind(0, '127.0.0.1');
  await once(socket, 'listening');
  return {
    ...{ address: `127.0.0.1:${socket.address().port}`, asked },
    async [Symbol.asyncDispose]() {
      const closed = once(socket, 'close');
      socket.close();
      await closed;
    },
  };
}

/** A port on loopback, and what becomes of those who come. */
export async function loopbackServer(
  accept: (socket: Socket) => void,
): Promise<AsyncDisposable & { port: number }> {
  const open = new Set<Socket>();
  const server: Server = createServer((socket) => {
    open.add(socket);
    socket.on('error', () => socket.destroy());
    socket.once('close', () => open.delete(socket));
    accept(socket);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    async [Symbol.asyncDispose]() {
      const closed = once(server, 'close');
      server.close();
      for (const socket of open) socket.destroy();
      await closed;
    },
  };
}
