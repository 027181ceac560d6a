import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { runCmem, startWorkerProcess, type WorkerProcess } from './client/worker-process.ts';

const recorded = resolve(import.meta.dirname, 'fixtures/recorded/fix-lock-timeout.hooks.jsonl');
const failure = z.strictObject({ error: z.string().min(1), code: z.string().min(1) });

let root: string;
let dataDir: string;
let worker: WorkerProcess;

const cmem = (...args: string[]) => runCmem(dataDir, args, { CLAUDE_CONFIG_DIR: root });
const json = <T>(schema: z.ZodType<T>, output: string): T => schema.parse(JSON.parse(output));

beforeAll(async () => {
  root = mkdtempSync(join(tmpdir(), 'claude-mem-cli-'));
  dataDir = join(root, 'data');
  mkdirSync(dataDir, { mode: 0o700 });
  worker = await startWorkerProcess({ dataDir, configDir: root, port: 0 });
  const token = (await cmem('token', '--capture')).stdout.trim();
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
  for (const body of readFileSync(recorded, 'utf8').trim().split('\n')) {
    const answer = await fetch(`${worker.url}/hooks/claude-code`, { method: 'POST', headers, body });
    expect(answer.ok).toBe(true);
  }
});
afterAll(async () => {
  await worker.stop();
  rmSync(root, { recursive: true, force: true });
});

describe('context', () => {
  const preview = z.looseObject({ text: z.string(), lines: z.array(z.looseObject({ reason: z.string() })) });

  test('prints what an agent would be given byte for byte, and why', async () => {
    const [bytes, why, data] = await Promise.all([
      cmem('context', '--project', 'shop-api'),
      cmem('context', '--project', 'shop-api', '--why'),
      cmem('context', '--project', 'shop-api', '--json'),
    ]);
    expect([bytes.exitCode, why.exitCode, data.exitCode]).toEqual([0, 0, 0]);
    const { text, lines } = json(preview, data.stdout);
    expect(bytes.stdout.trim()).toBe(text.trim());
    expect(text).toContain('WAL mode');
    expect(lines.length).toBeGreaterThan(0);
    expect(why.stdout).toContain('recent session');
  });

  test.each([
    ['an unknown kind', ['--project', 'shop-api', '--kind', 'never'], 2, 'USAGE'],
    ['an unknown project', ['--project', 'none'], 1, 'UNKNOWN_PROJECT'],
    ['a prompt and a file at once', ['--project', 'shop-api', '--prompt', 'x', '--file', 'y'], 2, 'USAGE'],
    ['a prompt that is none', ['--project', 'shop-api', '--kind', 'prompt'], 2, 'USAGE'],
    ['a prompt of another kind', ['--project', 'shop-api', '--kind', 'startup', '--prompt', 'x'], 2, 'USAGE'],
    ['a folder of no project', [], 1, 'NO_PROJECT_HERE'],
  ])('says what is wrong with %s', async (_name, args, exitCode, code) => {
    const done = await cmem('context', '--json', ...args);
    expect(done.exitCode).toBe(exitCode);
    expect(json(failure, done.stderr).code).toBe(code);
  });

  test('names the session that is not there, not its project', async () => {
    const done = await cmem('context', '--json', '--project', 'shop-api', '--session', 'nope');
    expect(done.exitCode).toBe(1);
    expect(json(failure, done.stderr).error).toMatch(/session .*nope/);
  });

  // Catches: a pasted log that the hook takes and the preview refuses.
  test('takes a prompt that is longer than what is read of it', async () => {
    const prompt = 'why was the database locked? '.repeat(1_000);
    expect((await cmem('context', '--project', 'shop-api', '--prompt', prompt)).exitCode).toBe(0);
  });
});
