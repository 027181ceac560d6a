import { readFileSync, rmSync, writeFileSync, writeSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { lockHost } from './lock-host.ts';
import {
  answerFd,
  mostPrintedBytes,
  mostResultBytes,
  mostScratchBytes,
  mostScratchFiles,
  readRequest,
} from './run-messages.ts';
import type { RunAnswer } from './run-answer.ts';
import { runInRealm } from './script-realm.ts';
import { faultInSource } from './script-source.ts';
import { schemaOptions } from './tool-schema.ts';

/** The process of one run: reads what to run, runs it, answers once and ends. Its working directory is its scratch folder. */
const exit = process.exit.bind(process);
const bytesOf: (text: string) => Buffer = Buffer.from.bind(Buffer);
const byteLength: (text: string) => number = Buffer.byteLength.bind(Buffer);
const request = readRequest(JSON.parse(readFileSync(0, 'utf8')));
const room = { 1: mostPrintedBytes, 2: mostPrintedBytes };
let isOver = false;

function answer(said: RunAnswer): void {
  if (isOver) return;
  isOver = true;
  const bytes = bytesOf(JSON.stringify(said));
  for (let place = 0; place < bytes.length;) place += writeSync(answerFd, bytes, place);
  exit(0);
}

function print(stream: 1 | 2, text: string): void {
  if (typeof text !== 'string' || room[stream] <= 0) return;
  const bytes = bytesOf(text).subarray(0, room[stream]);
  room[stream] -= bytes.length;
  writeSync(stream, bytes);
}

const isName = (name: string) => /^\w[\w.-]{0,99}$/.test(name);
/** Bytes of each file; the folder is this run's own, and looking at it for each file would take longer than most runs. */
const sizes = new Map<string, number>();

function scratch(what: 'read' | 'write' | 'list' | 'remove', name: string, text: string): string {
  if (what === 'list') return `=${JSON.stringify([...sizes.keys()].toSorted())}`;
  if (!isName(name)) return '!A file has a name of letters, digits and . _ - and lies in the scratch folder itself.';
  if (what === 'write') {
    const others = [...sizes].filter(([file]) => file !== name);
    const taken = others.reduce((sum, [, size]) => sum + size, 0);
    const size = text.length > mostScratchBytes ? text.length : byteLength(text);
    if (others.length >= mostScratchFiles || taken + size > mostScratchBytes) return '!The scratch folder is full.';
    writeFileSync(name, text);
    sizes.set(name, size);
    return '=';
  }
  if (!sizes.has(name)) return '-';
  if (what === 'read') return `=${readFileSync(name, 'utf8')}`;
  rmSync(name);
  sizes.delete(name);
  return '=';
}

function end(succeeded: boolean, text: string): void {
  if (typeof text !== 'string') return;
  answer(succeeded ? { kind: 'result', json: text } : { kind: 'failed', message: text });
}

const ajv = new Ajv2020(schemaOptions);
const isValid = ajv.compile(request.schema);
if (!isValid(request.input)) {
  const { keyword = '', instancePath = '', message = 'is not valid', params = {} } = isValid.errors?.[0] ?? {};
  answer({ kind: 'invalid', rule: { keyword, instancePath, message, params } });
}
// One that was registered before sources were checked.
const fault = faultInSource(request.source);
if (fault !== null) answer({ kind: 'failed', message: `It cannot be run. ${fault}` });
process.on('unhandledRejection', () => {});
process.on('uncaughtException', () => answer({ kind: 'failed', message: 'It threw where nothing catches.' }));
process.on('exit', () => answer({ kind: 'failed', message: 'It ended while it waited for what nobody settles.' }));
lockHost();
try {
  runInRealm(request.source, request.input, { print, scratch, end }, mostResultBytes);
} catch (error) {
  answer({ kind: 'failed', message: error instanceof Error ? error.message : 'It cannot be run.' });
}
