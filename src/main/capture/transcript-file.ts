import { open, type FileHandle } from 'node:fs/promises';
import type { TranscriptPosition } from '../store/tables/capture-state.ts';
import type { CapturedEvent } from './captured-event.ts';
import { emptyTranscriptState, keepLastFinal, readTranscriptLine, type TranscriptState } from './transcript-lines.ts';

/** Read at once; a longer line makes the piece grow until the line is whole. */
const pieceBytes = 1024 * 1024;
/** A line that is longer still is skipped: no tool result of a real session comes near. */
const longestLineBytes = 256 * 1024 * 1024;
const newline = 0x0a;

/** While a file is younger, a message at its end may still get another text. */
const settledAfterMs = 500;

export interface TranscriptPiece {
  events: CapturedEvent[];
  position: TranscriptPosition;
  /** False at the end of the file, or before a last line that is not finished yet. */
  more: boolean;
}

/**
 * Reads the next piece of a transcript from where the last reading ended; a file that was replaced or cut is read from
 * its beginning. Null when it is not there or holds nothing new. Only whole lines are taken, and whole messages.
 */
export async function readTranscriptPiece(
  path: string,
  from: TranscriptPosition | null,
  now: number,
): Promise<TranscriptPiece | null> {
  const file = await open(path, 'r').catch(() => null);
  if (file === null) return null;
  try {
    const info = await file.stat({ bigint: true });
    const inode = String(info.ino);
    const size = Number(info.size);
    const continued = from !== null && from.inode === inode && from.offsetBytes <= size;
    const offset = continued ? from.offsetBytes : 0;
    if (offset >= size) return null;
    const state = continued ? (JSON.parse(from.state) as TranscriptState) : emptyTranscriptState;
    const piece = await readWholeLines(file, offset, size);
    if (piece === null) return null;
    const young = now - Number(info.mtimeMs) < settledAfterMs;
    const read = readLines(piece.bytes, state, { path, receivedAt: now });
    // The message at the very end waits, unless there is nothing else and the file goes on with another one.
    const open = young || !piece.atEnd ? read.open : null;
    const taken = open !== null && (open.taken > 0 || piece.atEnd) ? open : read;
    if (taken.taken === 0) return null;
    return {
      events: keepLastFinal(read.events.slice(0, taken.count)),
      position: { inode, offsetBytes: offset + taken.taken, state: JSON.stringify(taken.state) },
      more: !piece.atEnd,
    };
  } finally {
    await file.close();
  }
}

/** From `offset` to the last line end within reach; a line longer than a piece makes the piece grow. Null before one. */
async function readWholeLines(
  file: FileHandle,
  offset: number,
  size: number,
): Promise<{ bytes: Buffer; atEnd: boolean } | null> {
  for (let length = Math.min(pieceBytes, size - offset); ; length = Math.min(length * 2, size - offset)) {
    const piece = Buffer.allocUnsafe(length);
    const { bytesRead } = await file.read(piece, 0, length, offset);
    const read = piece.subarray(0, bytesRead);
    const end = read.lastIndexOf(newline) + 1;
    const atEnd = offset + bytesRead >= size;
    if (end > 0) return { bytes: read.subarray(0, end), atEnd };
    if (atEnd) return null;
    if (length >= longestLineBytes) return { bytes: read, atEnd };
  }
}

/** A place between two lines: how many bytes and events lie before it, and what the next line needs to know. */
interface Place {
  taken: number;
  count: number;
  state: TranscriptState;
}

interface LinesRead extends Place {
  events: CapturedEvent[];
  /** Where the last message begins, when nothing follows it yet: it may get another text, and only the last is final. */
  open: Place | null;
}

function readLines(bytes: Buffer, before: TranscriptState, source: { path: string; receivedAt: number }): LinesRead {
  const events: CapturedEvent[] = [];
  let state = before;
  let openId: unknown = null;
  let open: Place | null = null;
  for (const { text, start } of lines(bytes)) {
    const read = readTranscriptLine(text, state, source);
    const messageId = read.events.at(-1)?.payload['message_id'] ?? null;
    if (messageId === null) open = null;
    else if (open === null || openId !== messageId) open = { taken: start, count: events.length, state };
    openId = messageId;
    events.push(...read.events);
    state = read.state;
  }
  return { events, taken: bytes.byteLength, count: events.length, state, open };
}

function* lines(piece: Buffer): Generator<{ text: string; start: number }> {
  let start = 0;
  for (let end = piece.indexOf(newline); end !== -1; end = piece.indexOf(newline, start)) {
    if (end > start) yield { text: piece.toString('utf8', start, end), start };
    start = end + 1;
  }
}
