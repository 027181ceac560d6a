import { closeSync, fstatSync, openSync, readSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { EmbeddingError } from '../embedding-error.ts';
import { buildVocabulary, slotsFor } from './vocabulary.ts';

/**
 * The built-in model's weights and vocabulary in memory that threads share. It can be posted to a thread; nothing of the
 * files is read, and none of the memory is used, before the first `openModelMemory` in any of them.
 */
export interface SharedModel {
  folder: string;
  memory: SharedArrayBuffer;
  /** Null when the files are missing or no model; `problem` says which. */
  layout: ModelLayout | null;
  problem: string | null;
}

interface ModelLayout {
  rows: number;
  dimensions: number;
  /** How often a token occurs counts as: 0 its count, 1 once, 2 the square root of its count. */
  tfMode: 0 | 1 | 2;
  hasPhrases: boolean;
  modelBytes: number;
  vocabularyBytes: number;
}

/** Views of the shared memory; only to be read. */
export interface ModelMemory {
  layout: ModelLayout;
  scales: Float32Array;
  /** Row-major, `layout.dimensions` to a row. */
  rows: Int8Array;
  /** Token `id` is `units[starts[id]]` up to `units[starts[id + 1]]`, in UTF-16. */
  starts: Uint32Array;
  units: Uint16Array;
  slots: Uint32Array;
}

const modelFile = 'embedder.bin';
const vocabularyFile = 'vocab.txt';
const headerBytes = 32;
const magic = 0x42_4d_45_53;
const version = 1;
/** Before the model: one Int32 with the state, the rest keeps what follows aligned. */
const controlBytes = 64;
const [empty, loading, ready, failed] = [0, 1, 2, 3];
/** The files take some ten milliseconds; whoever loads for longer than this has died, and loading twice does no harm. */
const longestLoadMs = 5_000;

/** Reserves memory for the model in `folder`; never throws, a missing or strange file is told when the model is opened. */
export function createSharedModel(folder: string): SharedModel {
  try {
    const layout = readLayout(folder);
    return { folder, layout, problem: null, memory: new SharedArrayBuffer(placesOf(layout).end) };
  } catch (error) {
    return { folder, layout: null, problem: problemWith(folder, error), memory: new SharedArrayBuffer(controlBytes) };
  }
}

/** The loaded model; the first thread that asks reads the files, others wait for it. Throws `EmbeddingError` MODEL_MISSING. */
export function openModelMemory(shared: SharedModel, longestWaitMs = longestLoadMs): ModelMemory {
  const { layout } = shared;
  if (layout === null) throw missing(shared.problem ?? 'The built-in model is missing.');
  const views = viewsOf(layout, shared.memory);
  const state = new Int32Array(shared.memory, 0, 1);
  let before = Atomics.compareExchange(state, 0, empty, loading);
  if (before === loading) {
    Atomics.wait(state, 0, loading, longestWaitMs);
    before = Atomics.load(state, 0);
  }
  if (before === ready) return views;
  try {
    load(shared, layout, views);
    Atomics.store(state, 0, ready);
    return views;
  } catch (error) {
    Atomics.store(state, 0, failed);
    throw missing(problemWith(shared.folder, error));
  } finally {
    Atomics.notify(state, 0);
  }
}

function missing(problem: string): EmbeddingError {
  return new EmbeddingError('MODEL_MISSING', problem);
}

function problemWith(folder: string, error: unknown): string {
  const reason = error instanceof Error ? error.message : String(error);
  return `The built-in model cannot be read from ${folder}; install the app again. (${reason})`;
}

function readLayout(folder: string): ModelLayout {
  const file = openSync(join(folder, modelFile), 'r');
  try {
    const header = new DataView(new ArrayBuffer(headerBytes));
    readSync(file, header, 0, headerBytes, 0);
    const [rows, dimensions, tfMode, flags] = [8, 12, 16, 20].map((at) => header.getUint32(at, true));
    if (header.getUint32(0, true) !== magic || header.getUint32(4, true) !== version) {
      throw new Error(`${modelFile} is no model of version ${version}`);
    }
    if (!rows || !dimensions || (tfMode !== 0 && tfMode !== 1 && tfMode !== 2)) {
      throw new Error(`${modelFile} is empty`);
    }
    const modelBytes = fstatSync(file).size;
    if (modelBytes !== headerBytes + rows * (4 + dimensions)) throw new Error(`${modelFile} is cut short`);
    const vocabularyBytes = statSync(join(folder, vocabularyFile)).size;
    return { rows, dimensions, tfMode, hasPhrases: ((flags ?? 0) & 1) === 1, modelBytes, vocabularyBytes };
  } finally {
    closeSync(file);
  }
}

function placesOf(layout: ModelLayout) {
  const starts = align4(controlBytes + layout.modelBytes);
  const slots = starts + 4 * (layout.rows + 1);
  const units = slots + 4 * slotsFor(layout.rows);
  // A character has at most as many UTF-16 units as UTF-8 bytes.
  return { model: controlBytes, starts, slots, units, end: units + 2 * layout.vocabularyBytes };
}

function align4(offset: number): number {
  return (offset + 3) & ~3;
}

function viewsOf(layout: ModelLayout, memory: SharedArrayBuffer): ModelMemory {
  const places = placesOf(layout);
  const scales = places.model + headerBytes;
  return {
    layout,
    scales: new Float32Array(memory, scales, layout.rows),
    rows: new Int8Array(memory, scales + 4 * layout.rows, layout.rows * layout.dimensions),
    starts: new Uint32Array(memory, places.starts, layout.rows + 1),
    slots: new Uint32Array(memory, places.slots, slotsFor(layout.rows)),
    units: new Uint16Array(memory, places.units, layout.vocabularyBytes),
  };
}

function load(shared: SharedModel, layout: ModelLayout, views: ModelMemory): void {
  readWhole(join(shared.folder, modelFile), new Uint8Array(shared.memory, controlBytes, layout.modelBytes));
  const vocabulary = new Uint8Array(layout.vocabularyBytes);
  readWhole(join(shared.folder, vocabularyFile), vocabulary);
  buildVocabulary(new TextDecoder('utf-8', { fatal: true }).decode(vocabulary), views);
}

function readWhole(path: string, into: Uint8Array): void {
  const file = openSync(path, 'r');
  try {
    let at = 0;
    while (at < into.byteLength) {
      const count = readSync(file, into, at, into.byteLength - at, at);
      if (count === 0) throw new Error(`${path} is cut short`);
      at += count;
    }
  } finally {
    closeSync(file);
  }
}
