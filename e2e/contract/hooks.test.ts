import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startWorkerProcess, type WorkerServer } from '../../bench/lib/child-server.ts';
import { mintEvents } from '../../bench/lib/recorded-events.ts';
import { openWorkerFile } from '../../bench/lib/worker-file.ts';
import { bearer, problemOf, send } from './request.ts';

const folder = mkdtempSync(join(tmpdir(), 'cmem-contract-'));
let worker: WorkerServer;

beforeAll(async () => {
  worker = await startWorkerProcess(folder);
});
afterAll(async () => {
  await worker.stop();
  rmSync(folder, { recursive: true, force: true });
});

const post = (body: string, token = worker.captureToken) =>
  send(worker.port, '/hooks/claude-code', {
    method: 'POST',
    headers: { ...bearer(token), 'content-type': 'application/json' },
    body,
  });

function countEvents(): number {
  const file = openWorkerFile(folder);
  try {
    return file.count('events');
  } finally {
    file.close();
  }
}

const toolEvent = () => mintEvents(200).find((event) => event.name === 'PostToolUse')?.body ?? '';

describe('POST /hooks/claude-code', () => {
  // Catches: an answer before the commit, and a body where Claude Code expects none.
  test('a tool event is answered with an empty 204 once it is in the file', async () => {
    const before = countEvents();
    const answer = await post(toolEvent());
    expect(answer).toMatchObject({ status: 204, text: '' });
    expect(countEvents()).toBe(before + 1);
  });

  test('the same event twice is one row', async () => {
    const body = toolEvent();
    await post(body);
    const before = countEvents();
    expect((await post(body)).status).toBe(204);
    expect(countEvents()).toBe(before);
  });

  // Catches: a new event of a newer Claude Code that is refused, which would show as an error in the terminal.
  test('an unknown event with unknown fields is kept', async () => {
    const before = countEvents();
    const body = JSON.stringify({
      session_id: 'future',
      hook_event_name: 'MoonPhaseChanged',
      cwd: '/nowhere',
      phase: { full: true },
    });
    expect((await post(body)).status).toBe(204);
    expect(countEvents()).toBe(before + 1);
  });

  test.each([
    ['nothing', ''],
    ['no JSON', 'hello'],
    ['half an object', '{"session_id":"a"'],
    ['a number', '7'],
    ['a list', '[]'],
    ['null', 'null'],
    ['no event name', '{"session_id":"a"}'],
    ['an event name that is a number', '{"session_id":"a","hook_event_name":7}'],
  ])('%s is a clear 400 and leaves no row', async (_what, body) => {
    const before = countEvents();
    const answer = await post(body);
    expect(answer.status).toBe(400);
    expect(problemOf(answer).code).toMatch(/^INVALID_/);
    expect(countEvents()).toBe(before);
  });

  test.each([
    [
      '__proto__ as a key',
      '{"session_id":"p","hook_event_name":"Stop","__proto__":{"admin":true},"constructor":{"prototype":{}}}',
    ],
    ['NUL and lone surrogates', '{"session_id":"s","hook_event_name":"UserPromptSubmit","prompt":"a\\u0000b\\ud800c"}'],
    ['a path for a session', '{"session_id":"../../../owner.token","hook_event_name":"Stop","cwd":"/nowhere"}'],
    [
      'deep nesting',
      `{"session_id":"d","hook_event_name":"PostToolUse","tool_name":"X","tool_use_id":"deep","tool_input":${'['.repeat(2_000)}${']'.repeat(2_000)}}`,
    ],
    ['SQL', `{"session_id":"'; DROP TABLE events; --","hook_event_name":"Stop","cwd":"'"}`],
  ])('%s does no harm', async (_what, body) => {
    const answer = await post(body);
    expect([200, 204, 400]).toContain(answer.status);
    expect((await post(toolEvent())).status).toBe(204);
  });

  test('without a token it is 401, with the owner token it is taken', async () => {
    const answer = await send(worker.port, '/hooks/claude-code', { method: 'POST', body: toolEvent() });
    expect(answer.status).toBe(401);
    expect(problemOf(answer).code).toBe('UNAUTHORIZED');
    expect((await post(toolEvent(), worker.ownerToken)).status).toBe(204);
  });

  test.each(['GET', 'PUT', 'DELETE', 'PATCH'])('%s is 405 and says what to do', async (method) => {
    const answer = await send(worker.port, '/hooks/claude-code', { method, headers: bearer(worker.captureToken) });
    expect(answer.status).toBe(405);
    expect(answer.headers['allow']).toBe('POST');
    expect(problemOf(answer).error).toContain('POST');
  });
});

describe('data folder', () => {
  // Catches: a token that other people of the machine can read.
  test('only its owner can read the tokens', () => {
    // Windows keeps rights in lists, which the mode does not show.
    const mode = process.platform === 'win32' ? 0o666 : 0o600;
    expect(statSync(join(folder, 'owner.token')).mode & 0o777).toBe(mode);
    expect(statSync(join(folder, 'capture.token')).mode & 0o777).toBe(mode);
  });

  test('owner and capture token are different and long', () => {
    expect(worker.ownerToken).not.toBe(worker.captureToken);
    expect(Math.min(worker.ownerToken.length, worker.captureToken.length)).toBeGreaterThanOrEqual(32);
  });
});
