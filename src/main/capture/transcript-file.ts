import { open } from 'node:fs/promises';
import type { TranscriptPosition } from '../store/tables/capture-state.ts';
import type { CapturedEvent } from './captured-event.ts';
import { emptyTranscriptState, keepLastFinal, readTranscriptLine, type TranscriptState } from './transcript-lines.ts';

/** Read at once; a longer line makes the piece grow until the line is whole. */
const pieceBytes = 1024 * 1024;
/** A line that is longer still is skipped: no tool result of a real session comes near. */
const longestLineBytes = 256 * 1024 * 1024;
const newline = 0x0a;

export interface TranscriptPiece {
  events: CapturedEvent[];
  position: TranscriptPosition;
  /** False at the end of the file, or before a last line that is not finished yet. */
  more: boolean;
}

/**
 * Reads the next piece of a transcript from where the last reading ended; a file that was replaced or cut is read from
 * its beginning. Null when it is not there or holds nothing new. Only whole lines are taken.
 */
export async function readTranscriptPiece(
  path: string,
  from: TranscriptPosition | null,
  now: number,
): Promise<TranscriptPiece | null> {
  const file = await open(path, 'r').catch(() => null);
  if (file === null) return null;
  try {
    const { ino, size } = await file.stat();
    const continued = from !== null && from.inode === ino && from.offsetBytes <= size;
    const offset = continued ? from.offsetBytes : 0;
    if (offset >= size) return null;
    let state = continued ? (JSON.parse(from.state) as TranscriptState) : emptyTranscriptState;
    for (let length = Math.min(pieceBytes, size - offset); ; length = Math.min(length * 2, size - offset)) {
      const piece = Buffer.allocUnsafe(length);
      const { bytesRead } = await file.read(piece, 0, length, offset);
      const end = piece.subarray(0, bytesRead).lastIndexOf(newline) + 1;
      const whole = offset + bytesRead >= size;
      if (end === 0 && !whole && length < longestLineBytes) continue;
      if (end === 0 && whole) return null;
      const taken = end === 0 ? bytesRead : end;
      const events: CapturedEvent[] = [];
      for (const line of lines(piece.subarray(0, taken))) {
        const read = readTranscriptLine(line, state, { path, receivedAt: now });
        events.push(...read.events);
        state = read.state;
      }
      const next = offset + taken;
      return {
        events: keepLastFinal(events),
        position: { inode: ino, offsetBytes: next, state: JSON.stringify(state) },
        more: next < size && !whole,
      };
    }
  } finally {
    await file.close();
  }
}

function* lines(piece: Buffer): Generator<string> {
  let start = 0;
  for (let end = piece.indexOf(newline); end !== -1; end = piece.indexOf(newline, start)) {
    if (end > start) yield piece.toString('utf8', start, end);
    start = end + 1;
  }
}
