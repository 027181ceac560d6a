import { appendFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { temporaryFolder } from '../store/testing/temporary-store.ts';
import { readTranscriptPiece, type TranscriptPiece } from './transcript-file.ts';

let folder: ReturnType<typeof temporaryFolder>;
let path: string;
beforeEach(() => {
  folder = temporaryFolder();
  path = join(folder.dir, 'session.jsonl');
});
afterEach(() => folder.remove());

/** The file has come to rest. */
const later = () => Date.now() + 60_000;

const common = { sessionId: 's', cwd: '/shop', timestamp: '2026-11-21T00:00:00.000Z', promptId: 'p' };

function prompt(text: string): string {
  return `${JSON.stringify({ ...common, type: 'user', message: { role: 'user', content: text } })}\n`;
}

function answer(text: string, id: string, stop_reason: string | null = 'end_turn'): string {
  const message = { id, role: 'assistant', model: 'claude', stop_reason, content: [{ type: 'text', text }] };
  return `${JSON.stringify({ ...common, type: 'assistant', message })}\n`;
}

function call(id: string, command: string): string {
  const content = [{ type: 'tool_use', id, name: 'Bash', input: { command } }];
  return `${JSON.stringify({ ...common, type: 'assistant', message: { id: 'm', role: 'assistant', model: 'claude', content } })}\n`;
}

function result(id: string, text: string, is_error = false): string {
  const content = [{ type: 'tool_result', tool_use_id: id, content: text, is_error }];
  return `${JSON.stringify({ ...common, type: 'user', message: { role: 'user', content } })}\n`;
}

function texts(piece: TranscriptPiece | null): unknown[] {
  return (piece?.events ?? []).map(
    (event) => event.payload['prompt'] ?? event.payload['text'] ?? event.payload['tool_input'],
  );
}

test('a last line that is not finished waits until it is', async () => {
  const [line] = [prompt('second')];
  writeFileSync(path, prompt('first') + line.slice(0, 20));
  const first = await readTranscriptPiece(path, null, later());
  expect(texts(first)).toEqual(['first']);
  expect(await readTranscriptPiece(path, first?.position ?? null, later())).toBeNull();
  appendFileSync(path, line.slice(20));
  expect(texts(await readTranscriptPiece(path, first?.position ?? null, later()))).toEqual(['second']);
});

test('a result finds its call, though the call was read before', async () => {
  writeFileSync(path, call('t1', 'npm test'));
  const first = await readTranscriptPiece(path, null, later());
  appendFileSync(path, result('t1', 'Exit code 1', true));
  const second = await readTranscriptPiece(path, first?.position ?? null, later());
  expect(second?.events).toMatchObject([
    {
      name: 'PostToolUseFailure',
      payload: { tool_name: 'Bash', tool_input: { command: 'npm test' }, error: 'Exit code 1' },
    },
  ]);
});

test('a file that was replaced or cut is read from its beginning', async () => {
  writeFileSync(path, prompt('one') + prompt('two'));
  const first = await readTranscriptPiece(path, null, later());
  rmSync(path);
  writeFileSync(path, prompt('three'));
  expect(texts(await readTranscriptPiece(path, first?.position ?? null, later()))).toEqual(['three']);
});

test('damaged lines, unknown types and empty lines cost only themselves', async () => {
  writeFileSync(path, `{"broken\n\n[]\nnull\n{"type":"surprise"}\n${prompt('after')}`);
  expect(texts(await readTranscriptPiece(path, null, later()))).toEqual(['after']);
});

test('a file that is not there or empty gives nothing', async () => {
  expect(await readTranscriptPiece(path, null, later())).toBeNull();
  writeFileSync(path, '');
  expect(await readTranscriptPiece(path, null, later())).toBeNull();
});

test('a file of many pieces is read whole, whatever the length of its lines', async () => {
  const lengths = [10, 3_000_000, 5, 900_000, 200_000, 1];
  writeFileSync(path, lengths.map((length, at) => prompt(`${at} ${'x'.repeat(length)}`)).join(''));
  const seen: string[] = [];
  let position: TranscriptPiece['position'] | null = null;
  for (let more = true; more;) {
    const piece: TranscriptPiece | null = await readTranscriptPiece(path, position, later());
    seen.push(...texts(piece).map((text) => String(text).slice(0, 1)));
    position = piece?.position ?? null;
    more = piece?.more ?? false;
  }
  expect(seen).toEqual(['0', '1', '2', '3', '4', '5']);
});

test('of an answer of several texts only the last is the final message, as the hook tells it', async () => {
  writeFileSync(
    path,
    answer('Looking.', 'm1', 'tool_use') +
      answer('Part one.', 'm2') +
      answer('Part two.', 'm2') +
      answer('Next turn.', 'm3'),
  );
  const piece = await readTranscriptPiece(path, null, later());
  expect(piece?.events.map((event) => [event.payload['text'], event.payload['final']])).toEqual([
    ['Looking.', false],
    ['Part one.', false],
    ['Part two.', true],
    ['Next turn.', true],
  ]);
});

test('a message at the end of a file that still grows waits for its last text', async () => {
  writeFileSync(path, prompt('go') + answer('Part one.', 'm2'));
  const first = await readTranscriptPiece(path, null, Date.now());
  expect(texts(first)).toEqual(['go']);
  appendFileSync(path, answer('Part two.', 'm2'));
  const second = await readTranscriptPiece(path, first?.position ?? null, later());
  expect(second?.events.map((event) => [event.payload['text'], event.payload['final']])).toEqual([
    ['Part one.', false],
    ['Part two.', true],
  ]);
});
