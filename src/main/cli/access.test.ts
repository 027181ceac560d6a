import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { z } from 'zod';
import type { Locale } from '../../shared/messages/fill.ts';
import { testWorkers, type TestWorker } from '../worker/testing/test-worker.ts';
import { runCmem } from './testing/run-cmem.ts';

const workers = testWorkers();
afterEach(() => workers.end());

const cmem = (worker: TestWorker, args: string[], locale: Locale = 'en') => runCmem(worker, args, { locale });

const newKey = z.object({ key: z.string(), api_key: z.object({ id: z.string(), expires_at: z.string().nullable() }) });
const newUser = z.object({ user: z.object({ id: z.string() }), password: z.string() });

// Catches: a key or a password that is printed and opens nothing, or that goes on opening.
test('keys, users and organisations from the command line', { timeout: 120_000 }, async () => {
  const worker = await workers.start();
  const statusWith = async (key: string) =>
    (await fetch(`${worker.url}/api/v1/auth/me`, { headers: { 'x-api-key': key } })).status;
  const loginWith = async (email: string, password: string) =>
    (
      await fetch(`${worker.url}/api/v1/auth/login`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ email, password }),
      })
    ).status;

  expect((await cmem(worker, ['keys', 'list'])).printed).toContain('There is none yet.');
  const made = await cmem(worker, [
    'keys',
    'create',
    'my',
    'editor',
    '--scope',
    'read,write',
    '--expires',
    '90d',
    '--json',
  ]);
  const { key, api_key } = newKey.parse(JSON.parse(made.printed));
  expect(Date.parse(api_key.expires_at ?? '') - Date.now()).toBeGreaterThan(89 * 86_400_000);
  expect(await statusWith(key)).toBe(200);
  const list = await cmem(worker, ['keys', 'list']);
  expect(list.printed).toMatch(/active +read,write .*my editor/);
  expect(list.printed).not.toContain(key);
  const rotated = newKey.parse(JSON.parse((await cmem(worker, ['keys', 'rotate', api_key.id, '--json'])).printed));
  expect([await statusWith(key), await statusWith(rotated.key)]).toEqual([401, 200]);
  expect((await cmem(worker, ['keys', 'revoke', rotated.api_key.id])).printed).toContain('opens nothing any more');
  expect(await statusWith(rotated.key)).toBe(401);
  expect((await cmem(worker, ['keys', 'create', 'x', '--scope', 'everything'])).failed).toContain(
    'is not one of: read',
  );
  expect((await cmem(worker, ['keys', 'create', 'x', '--expires', 'soon'])).exitCode).toBe(2);
  expect((await cmem(worker, ['keys', 'revoke', 'nothing'])).exitCode).toBe(1);

  const team = await cmem(worker, ['organizations', 'create', 'The', 'Team', '--json']);
  const { id } = z.object({ id: z.string() }).parse(JSON.parse(team.printed));
  expect((await cmem(worker, ['organizations', 'list'])).printed).toMatch(/default +0 +0 +Default[^]*The Team/);
  const args = ['users', 'create', 'ada@example.com', '--role', 'admin', '--organization', id];
  const ada = newUser.parse(JSON.parse((await cmem(worker, [...args, '--json'])).printed));
  expect(await loginWith('ada@example.com', ada.password)).toBe(200);
  expect((await cmem(worker, ['users', 'list'], 'zh-CN')).printed).toMatch(/ada@example.com +active +admin@The Team/);
  const file = join(worker.dataDir, 'password');
  writeFileSync(file, 'from a file, and long\n');
  const grace = ['users', 'create', 'grace@example.com', '--name', 'Grace', '--password-file', file];
  expect((await cmem(worker, grace)).printed).not.toContain('from a file');
  expect(await loginWith('grace@example.com', 'from a file, and long')).toBe(200);
  expect((await cmem(worker, ['users', 'disable', 'grace@example.com'])).printed).toContain('cannot log in');
  expect(await loginWith('grace@example.com', 'from a file, and long')).toBe(401);
  expect((await cmem(worker, ['users', 'enable', 'grace@example.com'])).exitCode).toBe(0);
  const changed = newUser.parse(
    JSON.parse((await cmem(worker, ['users', 'password', 'grace@example.com', '--json'])).printed),
  );
  expect(await loginWith('grace@example.com', changed.password)).toBe(200);
  expect((await cmem(worker, ['users', 'disable', 'ada@example.com'])).failed).toMatch(/last admin/);
  expect((await cmem(worker, ['users', 'disable', 'nobody@example.com'])).failed).toMatch(/no user/);
});
