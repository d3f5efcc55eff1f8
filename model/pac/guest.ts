/** What the sandbox's thread is started with. */
export interface GuestData {
  port: import('node:worker_threads').MessagePort;
  /** One cell for each direction: counted up, and notified, when a message lies at the port. */
  signal: Int32Array;
  /** The engine's WebAssembly. */
  wasm: Uint8Array;
  /** Source of what every PAC file may call. */
  builtIns: string;
}

export interface Evaluate {
  /** The PAC file; absent: the same as in the question before. */
  text?: string;
  /** The address of the machine that evaluates it. */
  address: string;
  url: string;
  host: string;
}

/** What comes out of the thread: a name to resolve first, or how it ended. */
export type FromGuest =
  | { resolve: string }
  | { answer: string }
  /** `where`: line of the PAC file, from 1. */
  | { failed: string; where?: number };

/** As much of quickjs-wasi as is used here. */
interface Handle {
  isString: boolean;
  isPromise: boolean;
  isFunction: boolean;
  getProp(name: string): Handle;
  toString(): string;
  dispose(): void;
}
interface Memory {
  buffer: ArrayBuffer;
}
interface Vm {
  global: Handle;
  null: Handle;
  newString(text: string): Handle;
  newFunction(name: string, called: (...args: Handle[]) => Handle): Handle;
  evalCode(code: string, file: string): Handle;
  callFunction(called: Handle, on: Handle, ...args: Handle[]): Handle;
  dispose(): void;
}
interface QuickJs {
  QuickJS: { create(options: object): Promise<Vm> };
}

/**
 * The thread in which PAC files run, each in a machine of its own that knows the language and the built-ins,
 * and nothing of Node. Its source is sent to the thread as text, so that it runs from wherever this file is
 * loaded: it is made of nothing but itself.
 */
export function guest(
  { QuickJS }: QuickJs,
  { receiveMessageOnPort }: typeof import('node:worker_threads'),
  { port, signal, wasm, builtIns }: GuestData,
): void {
  const limits = { memory: 16 << 20, stack: 256 << 10, interrupts: 1000, lookups: 200, answer: 4096 };
  /** As many files as the stacks of one server ask by turns: an engine is cleared in less time than it is made. */
  const mostMachines = 3;
  /** Noon of a Wednesday: what a PAC file decides by the clock does not change with the day of a run. */
  const now = BigInt(Date.UTC(2026, 10, 25, 12)) * 1_000_000n;

  /** An engine with the built-ins, and the file that it has loaded. */
  interface Machine {
    vm: Vm;
    memory: Memory;
    /** Its whole memory before it has seen any file: whatever one leaves is there. */
    clean: Uint8Array;
    address: string;
    text: string;
    find?: Handle;
  }
  /** The one that was asked last at the end. */
  let machines: Machine[] = [];
  let lastText = '';
  let interrupts = 0;
  let lookups = 0;
  /** Why it is ended, whatever the file makes of the error. */
  let ended: string | undefined;

  const { WebAssembly } = globalThis as unknown as {
    WebAssembly: { compile(bytes: Uint8Array): Promise<object> };
  };
  const compiled = WebAssembly.compile(wasm);

  const send = (message: FromGuest): void => {
    port.postMessage(message);
    Atomics.add(signal, 0, 1);
    Atomics.notify(signal, 0);
  };

  const resolve = (vm: Vm, name: Handle): Handle => {
    lookups++;
    if (lookups > limits.lookups) {
      ended = `asks DNS more than ${limits.lookups} times`;
      throw new Error(ended);
    }
    const before = Atomics.load(signal, 1);
    send({ resolve: name.toString().slice(0, 255) });
    Atomics.wait(signal, 1, before);
    const address: string | null = receiveMessageOnPort(port)?.message;
    return address === null ? vm.null : vm.newString(address);
  };

  const interrupted = (): boolean => {
    interrupts++;
    if (interrupts <= limits.interrupts) return false;
    ended ??= 'does not come to an end';
    return true;
  };

  const start = async (): Promise<Machine> => {
    let memory: Memory | undefined;
    const vm = await QuickJS.create({
      ...{ wasm: await compiled, memoryLimit: limits.memory, maxStackSize: limits.stack, timezoneOffset: 0 },
      interruptHandler: interrupted,
      wasi: (own: Memory) => {
        memory = own;
        return {
          clock_time_get(_id: number, _precision: bigint, at: number) {
            new DataView(own.buffer).setBigUint64(at, now, true);
            return 0;
          },
          fd_write: () => 0,
        };
      },
    });
    if (!memory) throw new Error('the engine has no memory');
    const machine: Machine = { vm, memory, clean: new Uint8Array(), address: '', text: '' };
    const ask = vm.newFunction('resolve', (name) => (name ? resolve(vm, name) : vm.null));
    const own = vm.newFunction('address', () => vm.newString(machine.address));
    const makeBuiltIns = vm.evalCode(
      `(resolve, address) => ((__name) => (${builtIns}))((one) => one)(globalThis, { resolve, address })`,
      'built-ins',
    );
    // What the host keeps of the engine has its place from now on.
    vm.callFunction(makeBuiltIns, vm.null, ask, own, vm.global).dispose();
    machine.clean = new Uint8Array(memory.buffer).slice();
    return machine;
  };

  /** The engine as if it had seen no file: all that it knows is in its memory. */
  const clear = (machine: Machine): void => {
    const memory = new Uint8Array(machine.memory.buffer);
    memory.set(machine.clean);
    memory.fill(0, machine.clean.length);
    delete machine.find;
  };

  const load = (machine: Machine, text: string, address: string): Handle => {
    Object.assign(machine, { text, address });
    const { vm } = machine;
    vm.evalCode(text, 'pac').dispose();
    const find = vm.global.getProp('FindProxyForURL');
    if (!find.isFunction) throw new Error('has no function FindProxyForURL');
    machine.find = find;
    return find;
  };

  /** One that has loaded the file, else one that is new or has the oldest; it is among the others once it has answered. */
  const machineFor = async (text: string, address: string): Promise<Machine> => {
    const known = machines.find((one) => one.text === text && one.address === address);
    const used = known ?? (machines.length < mostMachines ? undefined : machines[0]);
    machines = machines.filter((one) => one !== used);
    if (used && !known) clear(used);
    return used ?? start();
  };

  const answerTo = async ({ text = lastText, address, url, host }: Evaluate): Promise<FromGuest> => {
    lastText = text;
    const machine = await machineFor(text, address);
    const { vm } = machine;
    const find = machine.find ?? load(machine, text, address);
    const asked = [vm.newString(url), vm.newString(host)];
    const answer = vm.callFunction(find, vm.global, ...asked);
    if (ended !== undefined) return { failed: ended };
    if (!answer.isString)
      return { failed: answer.isPromise ? 'returns a promise, not a string' : 'returns no string' };
    const said = answer.toString();
    for (const one of [...asked, answer]) one.dispose();
    // After a failure nobody knows what the engine is like.
    machines.push(machine);
    if (said.length > limits.answer)
      return { failed: `returns ${said.length} characters; ${limits.answer} at most are an answer` };
    return { answer: said };
  };

  const failure = (error: unknown): FromGuest => {
    const { name, message, stack } = error as Error;
    const line = Number(/\bpac:(\d+)/.exec(String(stack))?.[1] ?? 0);
    const words = ended ?? (/out of memory/.test(String(message)) ? 'takes too much memory' : undefined);
    const said = name === 'Error' ? message : `fails: ${name}: ${message}`;
    return {
      failed: words ?? String(said).slice(0, 300),
      ...(line > 0 && ended === undefined && { where: line }),
    };
  };

  /**
   * Nothing else happens in this thread: waiting at the cell hears of a question sooner than events do, and
   * looking at it for a moment sooner still, since one question seldom comes alone.
   */
  const nextQuestion = (): Evaluate => {
    for (;;) {
      const before = Atomics.load(signal, 1);
      const asked = receiveMessageOnPort(port)?.message as Evaluate | undefined;
      if (asked) return asked;
      for (let look = 0; look < 5000 && Atomics.load(signal, 1) === before; look++);
      Atomics.wait(signal, 1, before);
    }
  };

  const work = async (): Promise<never> => {
    for (;;) {
      const asked = nextQuestion();
      interrupts = 0;
      lookups = 0;
      ended = undefined;
      send(await answerTo(asked).catch(failure));
    }
  };
  void work();
}
