import { describe, expect, test } from 'vitest';
import { runInRealm } from './script-realm.ts';

interface Ran {
  succeeded: boolean;
  text: string;
}

/** In this very process, which has everything that a tool must not reach: whoever gets out finds it. */
function run(source: string, input: Record<string, unknown> = {}): Promise<Ran> {
  const names: string[] = [];
  return new Promise((resolve) => {
    const door = {
      print: () => {},
      scratch: (what: string, name: string) => {
        if (what === 'write') names.push(name);
        return what === 'list'
          ? JSON.stringify(names).replace(/^/, '=')
          : what === 'read'
            ? '!A file has a plain name.'
            : '-';
      },
      end: (succeeded: boolean, text: string) => resolve({ succeeded, text }),
    };
    runInRealm(source, input, door, 1_000);
  });
}

// Each of these is a way out that somebody took of some sandbox; what it would find is proven not to be there.
describe('what a tool cannot reach', () => {
  test('the names of Node, of the web, of shared memory and of machine code', async () => {
    const names = [
      'process',
      'require',
      'module',
      'Buffer',
      'global',
      'fetch',
      'WebSocket',
      'EventSource',
      'setTimeout',
      'Worker',
      'navigator',
      'SharedArrayBuffer',
      'Atomics',
      'WebAssembly',
      'gc',
      'performance',
      'structuredClone',
      'queueMicrotask',
    ];
    const { text } = await run(`return [${names.map((name) => `typeof ${name}`).join()}]`);
    expect(JSON.parse(text)).toEqual(names.map(() => 'undefined'));
  });

  test.each([
    ['code made of texts', 'return eval("1")'],
    ['a function made of texts', 'return Function("return process")()'],
    ['an async one', 'return (async () => {}).constructor("return 1")()'],
    ['a generator of texts', 'return (function* () {}).constructor("yield 1")().next().value'],
    ['the constructor of what it was given', 'return console.log.constructor("return process")()'],
    ['of its arguments', 'return input.constructor.constructor("return process")()'],
    ['of the scratch folder', 'return scratch.read.constructor("return process")()'],
    ['of a thrown error', 'try { null.x } catch (e) { return e.constructor.constructor("return process")() }'],
    ['of a refusal', 'try { scratch.read("../x") } catch (e) { return e.constructor.constructor("return process")() }'],
    [
      'of the error of a full stack',
      'const deep = () => { try { deep() } catch (e) { return e } }; return deep().constructor.constructor("return process")()',
    ],
    ['frames of the stack', 'Error.prepareStackTrace = (_, frames) => frames; return new Error().stack'],
    [
      'another Error with frames',
      'globalThis.Error = { prepareStackTrace: (_, frames) => frames }; return new Error().stack',
    ],
    ['a caller', 'function look() { return look.caller.arguments[0] } return look()'],
    ['the caller of its arguments', 'function look() { return arguments.callee.caller } return look()'],
    ['a name that turns into a path', 'return scratch.read({ toString: () => "../x" })'],
  ])('%s', async (_name, source) => {
    expect(await run(source)).toMatchObject({ succeeded: false });
  });

  // Catches: an error of the outer realm that reaches the tool where its stack is full at the door.
  test('anything of the outer realm by a stack that is full at the door', async () => {
    const source = `
      const seen = [];
      const deep = () => {
        try { deep() } catch (error) { seen.push(error) }
        try { console.log('x'); scratch.list() } catch (error) { seen.push(error) }
      };
      deep();
      return seen.every((error) => error instanceof Error || error instanceof RangeError);`;
    expect(await run(source)).toEqual({ succeeded: true, text: 'true' });
  });

  // Catches: Node's own formatter of stacks, which throws errors of the outer realm into the tool.
  test.each([
    ['a name that is no text', 'const o = { name: Symbol() }; Error.captureStackTrace(o); o.stack'],
    ['a name that turns into none', 'const e = new Error("x"); e.name = { toString: () => ({}) }; e.stack'],
    ['a name of a class', 'class X extends Error { get name() { return Symbol() } } new X("x").stack'],
    [
      'a full stack',
      'const deep = () => { try { deep() } catch (e) { keep(e) } try { new Error().stack } catch (e) { keep(e) } }; deep()',
    ],
    [
      'a full stack where code is made of texts',
      'const deep = () => { try { deep() } catch (e) { keep(e) } try { eval("1") } catch (e) { keep(e) } }; deep()',
    ],
  ])('an error of the outer realm by a stack that cannot be shown: %s', async (_name, source) => {
    const own = 'let of = error; while (Object.getPrototypeOf(of) !== null) of = Object.getPrototypeOf(of);';
    const look = `let foreign = 0; const keep = (error) => { ${own} if (of !== Object.prototype) foreign++ };`;
    expect(await run(`${look} try { ${source} } catch (e) { keep(e) } return foreign`)).toEqual({
      succeeded: true,
      text: '0',
    });
  });

  test('paths of this machine by a stack', async () => {
    expect((await run('return [new Error("x").stack ?? null]')).text).toBe('[null]');
  });

  test.each([
    'const net = await import("node:net")',
    'return import.meta.url',
    'return import\n/* */("x").catch((e) => e.constructor.constructor("return process")())',
    'return import<!-- x\n("x")',
    'import fs from "node:fs"',
    'return [...import("x")]',
    'return\u00A0import("x")',
    'return import\u2028("x")',
    'return import\uFEFF("x")',
    'return `${import("x")}`',
    'return import.source("x")',
    '/* import */',
  ])('modules: %s', async (source) => {
    await expect(run(source)).rejects.toThrow(/import/);
  });

  test('a property that is called import is nothing of the kind', async () => {
    expect(await run('const o = {}; o.import = 1; o.imports = 2; o?.import; o.$import = 3; return o')).toMatchObject({
      succeeded: true,
    });
  });
});

test.each([
  ['throw new TypeError("no")', /^TypeError: no$/],
  ['throw { toString() { throw 1 } }', /\{\}|cannot be shown/],
  ['throw new Proxy({}, { getPrototypeOf() { throw 1 }, get() { throw 2 } })', /cannot be shown/],
  ['return 10n', /BigInt/],
  ['return "x".repeat(2_000)', /larger than/],
])('%s is told as what it is', async (source, message) => {
  expect(await run(source)).toEqual({ succeeded: false, text: expect.stringMatching(message) as unknown });
});

test('what it does to the language is its own trouble: what it returns still comes whole', async () => {
  const source = `
    JSON.stringify = () => '{"forged":true}'; JSON.parse = () => null; String.prototype.slice = () => 'forged';
    Promise.prototype.then = () => {}; Array.prototype.toJSON = () => 'forged'; Object.prototype.kind = 'invalid';
    return { honest: 1 }`;
  expect(await run(source)).toEqual({ succeeded: true, text: '{"honest":1}' });
});
