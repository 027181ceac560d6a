import { constants, createContext, Script } from 'node:vm';
import { compileSource } from './script-source.ts';

/** What the realm of a script may do with the world; nothing but texts and numbers crosses, in either direction. */
export interface RealmDoor {
  print(stream: 1 | 2, text: string): void;
  /** `=text` for what was found, `-` for what is not there, `!reason` for what is refused. */
  scratch(what: 'read' | 'write' | 'list' | 'remove', name: string, text: string): string;
  /** The result as JSON, or what went wrong; the first counts. */
  end(succeeded: boolean, text: string): void;
}

/**
 * The first code of the new realm. It keeps the functions of the outer one to itself: whoever holds one of them can climb to
 * the outer realm by its constructor, and so can whoever is shown the outer frames of a stack.
 */
const prelude = String.raw`(print, scratch, end, mostResult) => {
  'use strict';
  const { parse, stringify } = JSON;
  const { defineProperty, freeze } = Object;
  const [Err, Str] = [Error, String];
  const { slice, charCodeAt } = String.prototype;
  const call = Function.prototype.call.bind(Function.prototype.call);
  const fix = (of, name, value) => defineProperty(of, name, { value, writable: false, configurable: false });
  // Node formats every stack with a function of the outer realm, which throws errors of that realm where the error's name
  // cannot be shown or the stack is full. No number here: V8 keeps no frames, and there is nothing to format.
  fix(Err, 'stackTraceLimit', undefined);
  fix(Err, 'prepareStackTrace', undefined);
  fix(globalThis, 'Error', Err);
  for (const name of ['WebAssembly', 'SharedArrayBuffer', 'Atomics', 'console']) delete globalThis[name];
  const said = (value, otherwise) => {
    if (typeof value === 'string') return value;
    try {
      const json = value instanceof Err ? undefined : stringify(value);
      return json === undefined ? Str(value) : json;
    } catch {
      return otherwise;
    }
  };
  const told = (error) => call(slice, said(error, 'It threw something that cannot be shown.'), 0, 4000);
  const printer = (stream) => (...values) => {
    let line = '';
    for (let place = 0; place < values.length; place++) line += (place === 0 ? '' : ' ') + said(values[place], '[?]');
    try {
      print(stream, line + '\n');
    } catch {}
  };
  const [out, err] = [printer(1), printer(2)];
  const ask = (what, name, text) => {
    let answer = '!It is not there.';
    try {
      answer = scratch(what, Str(name), Str(text));
    } catch {}
    if (call(charCodeAt, answer, 0) === 33) throw new Err(call(slice, answer, 1));
    return call(charCodeAt, answer, 0) === 45 ? null : call(slice, answer, 1);
  };
  const printed = freeze({ log: out, info: out, debug: out, warn: err, error: err });
  const files = freeze({
    read: (name) => ask('read', name, ''),
    write: (name, text) => void ask('write', name, text),
    list: () => parse(ask('list', '', '')),
    remove: (name) => ask('remove', name, '') !== null,
  });
  const finish = (succeeded, text) => {
    try {
      end(succeeded, text);
    } catch {}
  };
  return async (run, input) => {
    try {
      const json = stringify(await run(parse(input), printed, files)) ?? 'null';
      if (json.length > mostResult) finish(false, 'What it returned is larger than ' + mostResult + ' bytes.');
      else finish(true, json);
    } catch (error) {
      finish(false, told(error));
    }
  };
}`;

/**
 * Runs a tool in a realm of its own that has the language and nothing of Node: no modules, no process, no network, no timers,
 * and no code made of texts. Throws only for a source that cannot be compiled; how the run ends is told by `door.end`.
 */
export function runInRealm(source: string, input: Record<string, unknown>, door: RealmDoor, mostResult: number): void {
  const script = compileSource(source);
  const realm = createContext(constants.DONT_CONTEXTIFY, {
    name: 'tool',
    codeGeneration: { strings: false, wasm: false },
  });
  const options = { displayErrors: false };
  const begin: unknown = new Script(prelude, { filename: 'prelude.js' }).runInContext(realm, options);
  if (typeof begin !== 'function') return;
  const start: unknown = Reflect.apply(begin, undefined, [door.print, door.scratch, door.end, mostResult]);
  if (typeof start === 'function') {
    // What comes back is the realm's own; it is handed on and not looked at.
    Reflect.apply(start, undefined, [script.runInContext(realm, options), JSON.stringify(input)]);
  }
}
