import { PassThrough, type Readable } from 'node:stream';
import type Docker from 'dockerode';
import { userIdOf } from '../../../docker/agent/dial.js';
import type { ServerSettings } from '../../../docker/agent/roles.js';
import { pemOf } from '../../../docker/agent/wire-root.js';
import type { Done, Errand, LabMachine } from '../engine.js';

/** Writes down what comes in, as files: their names and contents (base64) in JSON. */
const unpack =
  "for (const [name, text] of Object.entries(JSON.parse(fs.readFileSync(0)))) fs.writeFileSync(name, Buffer.from(text, 'base64'))";
/** What the program prints goes to standard error, what it brings to standard output. */
const script = `umask 077
folder=$(mktemp -d) && cd "$folder" && node -e "$0" || exit
brings=$1
shift
node "$@" < /dev/null >&2
code=$?
[ ! -f "$brings" ] || cat "$brings"
cd / && rm -r "$folder"
exit $code`;

/** Runs a program in a container, as one of its users. Nothing of it is left there. */
export async function runErrand(
  docker: Docker,
  container: string,
  { files, words, brings }: Pick<Errand, 'files' | 'words' | 'brings'>,
  userId: number,
): Promise<Done> {
  const exec = await docker.getContainer(container).exec({
    Cmd: ['sh', '-c', script, unpack, brings, ...words],
    User: `${userId}:${userId}`,
    // A capture's keys are the machine's own program's.
    Env: ['NODE_OPTIONS=', 'NODE_COMPILE_CACHE='],
    ...{ AttachStdin: true, AttachStdout: true, AttachStderr: true },
  });
  const stream = await exec.start({ hijack: true, stdin: true });
  const [out, err] = [new PassThrough(), new PassThrough()];
  docker.modem.demuxStream(stream, out, err);
  const ended = () => {
    out.end();
    err.end();
  };
  // Which of them comes is the engine's affair.
  stream.once('end', ended).once('close', ended);
  const packed = Object.entries(files).map(([name, text]) => [name, Buffer.from(text).toString('base64')]);
  stream.end(JSON.stringify(Object.fromEntries(packed)));
  const [brought, printed] = await Promise.all([textOf(out), textOf(err)]);
  return { code: (await exec.inspect()).ExitCode ?? -1, printed, brought };
}

/** A server's machine for programs that know of no lab. */
export function machineOf(
  { site, resolver, addedRoots }: ServerSettings,
  run: (errand: Errand, userId: number) => Promise<Done>,
): LabMachine {
  return {
    resolver,
    trusted: addedRoots.map(pemOf),
    run: (errand) => run(errand, userIdOf(site, errand.account)),
  };
}

async function textOf(stream: Readable): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk);
  return Buffer.concat(chunks).toString();
}
