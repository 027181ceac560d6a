import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { temporaryFolder } from '../../store/testing/temporary-store.ts';
import { threadScript } from '../thread-script.ts';
import { findEnclosure, sandboxCommand } from './sandbox.ts';
import { createScriptRuns, type ScriptRun } from './script-runs.ts';

const limits = { timeoutSeconds: 60, memoryMb: 64 };
const schema = { type: 'object', properties: { a: { type: 'number' } }, additionalProperties: false };
const folder = temporaryFolder();
const scratchFolder = join(folder.dir, 'tool-runs');
// Catches: what a worker that was killed left, in the way for ever.
mkdirSync(join(scratchFolder, 'run-left'), { recursive: true });
const runs = createScriptRuns(threadScript('script-runner', import.meta.dirname), scratchFolder);
afterAll(async () => {
  await runs.close();
  folder.remove();
});

const run = (source: string, given: Partial<typeof limits> = {}, input: Record<string, unknown> = {}) =>
  runs.run({ source, schema, input }, { ...limits, ...given }, new AbortController().signal);

const resultOf = ({ answer }: ScriptRun): unknown => (answer?.kind === 'result' ? JSON.parse(answer.json) : answer);

describe('a run', () => {
  test('gets its arguments, prints, keeps files in a folder of its own and returns JSON', async () => {
    const ran = await run(
      `console.log('sum of', input, [1]); console.error('careful');
       scratch.write('notes.txt', '结果'); scratch.write('other.txt', 'x'); scratch.remove('other.txt');
       const refused = [];
       const names = ['../x', '/etc/passwd', '.', '..', 'a/b', 'a\\\\b', '', '.hidden', 'x\\0y', 'ok.txt\\n', { toString: () => '../x' }];
       for (const name of names) {
         try { refused.push(scratch.read(name)) } catch (error) { refused.push(error.message.slice(0, 6)) }
       }
       const text = scratch.read('notes.txt');
       try { for (let file = 0; ; file++) scratch.write('empty' + file, '') } catch (error) { refused.push(scratch.list().length) }
       for (const file of scratch.list()) scratch.remove(file);
       try { for (let file = 0; ; file++) scratch.write('f' + file, 'x'.repeat(1_000_000)) } catch (error) { refused.push(error.message) }
       return { twice: input.a * 2, text, none: scratch.read('nothing'), refused };`,
      {},
      { a: 21 },
    );
    const refused = [...Array.from({ length: 11 }, () => 'A file'), 1_000, 'The scratch folder is full.'];
    expect(resultOf(ran)).toEqual({ twice: 42, text: '结果', none: null, refused });
    expect(ran).toMatchObject({ stdout: 'sum of {"a":21} [1]\n', stderr: 'careful\n', exitCode: 0, ended: null });
    // Catches: scratch folders that pile up.
    expect(readdirSync(scratchFolder)).toEqual([]);
  });

  test('with arguments that do not keep to the schema does not begin', async () => {
    const ran = await run('console.log("ran")', {}, { a: 'one', b: 2 });
    expect(ran.answer).toMatchObject({
      kind: 'invalid',
      rule: { keyword: expect.any(String) as unknown },
    });
    expect(ran.stdout).toBe('');
  });

  // Catches: a source from before it was checked, of which nobody says what is wrong.
  test('that ends the function it stands in does not begin', async () => {
    const ran = await run('1;\n}); (async () => {');
    expect(ran.answer).toEqual({
      kind: 'failed',
      message: expect.stringMatching(/cannot be run\. Line 2: /) as unknown,
    });
  });

  test('that waits for nothing, and one that its rejections would end, are told as what they are', async () => {
    const [waiting, trapped] = await Promise.all([
      run('await new Promise(() => {})'),
      run(`
        Promise.reject(new Proxy(function () {}, { get(_, name) { throw new Error(String(name)) } }));
        Promise.reject({ [Symbol.for('nodejs.util.inspect.custom')]: (d, o, inspect) => inspect.constructor('return process')().exit(7) });
        await 1; return 'still here'`),
    ]);
    expect(waiting.answer).toEqual({ kind: 'failed', message: expect.stringContaining('nobody settles') as unknown });
    expect(resultOf(trapped)).toBe('still here');
  });
});

describe('limits', () => {
  test('what never ends is ended, and so is what waits behind its promises', async () => {
    const sources = ['for (;;) {}', 'for (;;) await null'];
    for (const ran of await Promise.all(sources.map((source) => run(source, { timeoutSeconds: 3 })))) {
      expect(ran).toMatchObject({ answer: null, ended: 'timeout' });
    }
  });

  test('what takes all memory ends, in its heap and in buffers beside it', async () => {
    const [heap, buffers] = await Promise.all([
      run('const all = []; for (;;) all.push({ x: [all.length] })', { memoryMb: 32 }),
      run('const all = []; for (;;) all.push(new Uint8Array(10_000_000).fill(1))', { memoryMb: 32 }),
    ]);
    expect(heap.answer).toBeNull();
    expect(heap.ended === 'memory' || heap.stderr.includes('heap out of memory')).toBe(true);
    expect(buffers.answer).toBeNull();
  });

  test('what is printed is cut at 64 KiB a stream', async () => {
    const ran = await run(
      'for (let i = 0; i < 70_000; i++) { console.log("x".repeat(100)); console.error("y") } return 1',
    );
    expect([ran.stdout.length, ran.stderr.length, resultOf(ran)]).toEqual([65_536, 65_536, 1]);
  });

  test('too many at once are refused, and those that are cancelled end, before they began and while they run', async () => {
    const cancel = new AbortController();
    const request = { source: 'for (;;) {}', schema, input: {} };
    const many = Array.from({ length: 20 }, () => runs.run(request, limits, cancel.signal));
    const settled = Promise.allSettled(many);
    await expect(many.at(-1)).rejects.toMatchObject({ code: 'TOO_MANY_REQUESTS' });
    cancel.abort();
    const ran = (await settled).flatMap((end) => (end.status === 'fulfilled' ? [end.value] : []));
    expect(ran).toHaveLength(2);
    expect(ran).toMatchObject([{ ended: 'cancelled' }, { ended: 'cancelled' }]);
    expect(resultOf(await run('return 1'))).toBe(1);
  });
});

// Catches: a layer below the realm that holds nothing, which nobody would see as long as the realm holds.
describe('whoever gets out of the realm', () => {
  let connections = 0;
  const server = createServer((socket) => {
    connections++;
    socket.destroy();
  });
  const secret = join(folder.dir, 'memory.db');
  const outside = join(folder.dir, 'outside');
  beforeAll(async () => {
    writeFileSync(secret, '');
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  });
  afterAll(() => void server.close());

  async function escape(isLocked: boolean, enclosure: readonly string[]): Promise<string[]> {
    const scratch = join(folder.dir, `scratch-${isLocked ? 'locked' : 'open'}`);
    mkdirSync(scratch);
    const runner = threadScript('escaped', join(import.meta.dirname, 'testing'));
    const { file, args } = sandboxCommand(runner, scratch, limits, enclosure, [import.meta.dirname]);
    const child = spawn(file, args, { cwd: scratch, env: {}, stdio: ['pipe', 'inherit', 'pipe', 'pipe'] });
    const { port } = server.address() as AddressInfo;
    child.stdin?.end(JSON.stringify({ secret, outside, port, pid: process.pid, isLocked }));
    const said = await text(child.stdio[3] as NodeJS.ReadableStream);
    return z.array(z.string()).parse(JSON.parse(z.object({ json: z.string() }).parse(JSON.parse(said)).json));
  }

  test('finds nothing that works, as Node is locked and where the system encloses it', async () => {
    const enclosure = await findEnclosure();
    const [locked, open] = await Promise.all([escape(true, []), escape(false, enclosure)]);
    expect(locked).toEqual([]);
    // Without the lock: what the permission model and the system's own enclosure hold by themselves.
    const unheld = enclosure.length > 0 ? [] : ['killWorker', 'connect', 'datagram', 'fetch', 'require'];
    expect(open.filter((name) => !unheld.includes(name))).toEqual(['code']);
    expect(connections).toBe(enclosure.length > 0 ? 0 : connections);
    expect(existsSync(outside)).toBe(false);
  });
});
