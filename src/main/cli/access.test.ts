import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import type { Locale } from '../../shared/messages/fill.ts';
import { testWorkers, type TestWorker } from '../worker/testing/test-worker.ts';
import { runCmem } from './testing/run-cmem.ts';

const workers = testWorkers();
let worker: TestWorker;
beforeAll(async () => void (worker = await workers.start()), 60_000);
afterAll(() => workers.end());

const cmem = (args: string[], locale: Locale = 'en') => runCmem(worker, args, { locale });

const newKey = z.object({ key: z.string(), api_key: z.object({ id: z.string(), expires_at: z.string().nullable() }) });
const newUser = z.object({ user: z.object({ id: z.string() }), password: z.string() });

// Catches: a key or a password that is printed and opens nothing, or that goes on opening.
test('keys, users and organisations from the command line', { timeout: 120_000 }, async () => {
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

  expect((await cmem(['keys', 'list'])).printed).toContain('There is none yet.');
  for (const group of ['keys', 'users', 'organizations']) {
    expect(await cmem([group])).toEqual(await cmem([group, 'list']));
  }
  expect((await cmem(['keys', '--state', 'active'])).exitCode).toBe(0);
  const made = await cmem(['keys', 'create', 'my', 'editor', '--scope', 'read,write', '--expires', '90d', '--json']);
  const { key, api_key } = newKey.parse(JSON.parse(made.printed));
  expect(Date.parse(api_key.expires_at ?? '') - Date.now()).toBeGreaterThan(89 * 86_400_000);
  expect(await statusWith(key)).toBe(200);
  const list = await cmem(['keys', 'list']);
  expect(list.printed).toMatch(/active +read,write .*my editor/);
  expect(list.printed).not.toContain(key);
  const rotated = newKey.parse(JSON.parse((await cmem(['keys', 'rotate', api_key.id, '--json'])).printed));
  expect([await statusWith(key), await statusWith(rotated.key)]).toEqual([401, 200]);
  expect((await cmem(['keys', 'revoke', rotated.api_key.id])).printed).toContain('opens nothing any more');
  expect(await statusWith(rotated.key)).toBe(401);
  expect((await cmem(['keys', 'create', 'x', '--scope', 'everything'])).failed).toContain('is not one of: read');
  expect((await cmem(['keys', 'create', 'x', '--expires', 'soon'])).exitCode).toBe(2);
  expect((await cmem(['keys', 'revoke', 'nothing'])).exitCode).toBe(1);

  const team = await cmem(['organizations', 'create', 'The', 'Team', '--json']);
  const { id } = z.object({ id: z.string() }).parse(JSON.parse(team.printed));
  expect((await cmem(['organizations', 'list'])).printed).toMatch(/default +0 +0 +Default[^]*The Team/);
  const args = ['users', 'create', 'ada@example.com', '--role', 'admin', '--organization', id];
  const ada = newUser.parse(JSON.parse((await cmem([...args, '--json'])).printed));
  expect(await loginWith('ada@example.com', ada.password)).toBe(200);
  expect((await cmem(['users', 'list'], 'zh-CN')).printed).toMatch(/ada@example.com +active +admin@The Team/);
  const file = join(worker.dataDir, 'password');
  writeFileSync(file, 'from a file, and long\n');
  const grace = ['users', 'create', 'grace@example.com', '--name', 'Grace', '--password-file', file];
  expect((await cmem(grace)).printed).not.toContain('from a file');
  expect(await loginWith('grace@example.com', 'from a file, and long')).toBe(200);
  expect((await cmem(['users', 'disable', 'grace@example.com'])).printed).toContain('cannot log in');
  expect(await loginWith('grace@example.com', 'from a file, and long')).toBe(401);
  expect((await cmem(['users', 'enable', 'grace@example.com'])).exitCode).toBe(0);
  const changed = newUser.parse(JSON.parse((await cmem(['users', 'password', 'grace@example.com', '--json'])).printed));
  expect(await loginWith('grace@example.com', changed.password)).toBe(200);
  expect((await cmem(['users', 'disable', 'ada@example.com'])).failed).toMatch(
    /last admin.*`cmem users role USER admin`/,
  );
  expect((await cmem(['users', 'disable', 'nobody@example.com'])).failed).toMatch(/no user/);
});

const answered = async <T>(shape: z.ZodType<T>, args: string[]): Promise<T> => {
  const { printed, failed } = await cmem([...args, '--json']);
  expect(failed).toBe('');
  return shape.parse(JSON.parse(printed));
};
const withId = z.object({ id: z.string() });

// Catches: people and organisations that the command line makes and cannot change or end, and an end that nobody asked for.
test('roles, members and the end of people and organisations', { timeout: 120_000 }, async () => {
  const { id } = await answered(withId, ['organizations', 'create', 'Night', 'shift']);
  const night = ['--organization', 'night shift'];
  await answered(newUser, ['users', 'create', 'bob@example.com', '--name', 'Bob', '--role', 'admin', ...night]);
  const eve = await answered(newUser, ['users', 'create', 'eve@example.com']);

  // The last admin makes room for another one, who came from another organisation.
  expect((await cmem(['users', 'role', 'bob@example.com', 'user'])).failed).toMatch(
    /last admin.*users role USER admin/,
  );
  expect((await cmem(['organizations', 'add', id, 'eve@example.com', '--role', 'chief'])).exitCode).toBe(2);
  expect((await cmem(['organizations', 'add', 'Night shift', 'eve@example.com'])).printed).toContain('as user');
  expect((await cmem(['organizations', 'add', id, 'eve@example.com', '--role', 'viewer'])).failed).toMatch(
    /already, as user/,
  );
  expect((await cmem(['users', 'role', 'eve@example.com', 'admin'])).failed).toMatch(/--organization.*Night shift/);
  const promoted = z.object({ role: z.string(), organization: withId });
  expect(await answered(promoted, ['users', 'role', 'eve@example.com', 'admin', ...night])).toMatchObject({
    role: 'admin',
    organization: { id },
  });
  expect((await cmem(['users', 'disable', 'bob@example.com'])).exitCode).toBe(0);
  const members = (await cmem(['organizations', 'members', id])).printed;
  expect(members).toMatch(/^ID +E-MAIL +ROLE/);
  expect(members).toMatch(/bob@example\.com +admin[^]*Bob/);
  expect(members).toMatch(/eve@example\.com +admin/);

  // Only what leaves something behind goes without a word.
  expect((await cmem(['organizations', 'remove', id, 'bob@example.com'])).failed).toMatch(/deletes the user.*--yes/);
  const deletion = ['users', 'delete', 'bob@example.com'];
  const unsure = await cmem(deletion, 'zh-CN');
  expect([unsure.exitCode, unsure.failed]).toEqual([2, expect.stringMatching(/admin@Night shift.*--yes/)]);
  expect((await cmem(['users', 'list'])).printed).toContain('bob@example.com');
  expect((await cmem([...deletion, '--yes'])).printed).toContain('bob@example.com was deleted');
  expect((await cmem(['users', 'list'])).printed).not.toContain('bob@example.com');
  expect((await cmem(['organizations', 'rename', 'Night shift', 'Day', 'shift'])).printed).toContain('“Day shift”');
  expect((await cmem(['organizations', 'delete', 'Day shift'])).failed).toMatch(
    /keys \(0\) and memberships \(1\).*--yes/,
  );
  expect((await cmem(['organizations', 'delete', 'default', '--yes'])).failed).toMatch(/your own organisation/);
  await answered(withId, ['organizations', 'delete', 'Day shift', '--yes']);
  expect((await cmem(['organizations', 'list'])).printed).not.toContain('Day shift');
  expect((await cmem(['users', 'role', eve.user.id, 'viewer'])).printed).toContain('is viewer in “Default”');
  expect((await cmem(['organizations', 'members', 'Nowhere'], 'zh-CN')).failed).toMatch(/没有组织“Nowhere”/);

  // Catches: a parser's marks instead of a sentence.
  const wrong = ['users', 'create', 'notmail'];
  expect((await cmem(wrong)).failed).toBe('error: That is no e-mail address: write it as in ada@example.com.');
  expect((await cmem(wrong, 'zh-CN')).failed).toMatch(/ada@example\.com 这样。$/);

  const entries = z.object({ data: z.array(z.object({ action: z.string(), outcome: z.string(), at: z.string() })) });
  const roles = await answered(entries, ['audit', '--action', 'organizations.setMember', '--since', '1h']);
  expect(roles.data.map(({ outcome }) => outcome)).toEqual(['done', 'done', 'done', 'failed']);
  expect((await cmem(['audit', '--limit', '2'])).printed).toMatch(/WHEN +OUTCOME[^]*There is more: \d+ entries/);
  expect((await cmem(['audit', '--actor', 'eve@example.com'], 'zh-CN')).printed).toBe('没有这样的操作记录。\n');
  for (const option of [
    ['--since', 'soon'],
    ['--outcome', 'perhaps'],
    ['--limit', '0'],
  ]) {
    expect((await cmem(['audit', ...option])).exitCode).toBe(2);
  }
});

// Catches: a page whose commands, typed one after the other, are refused.
test.each(['access.md', 'access.zh-CN.md'])(
  'the commands of docs/%s work in their order',
  { timeout: 120_000 },
  async (name) => {
    const { dataDir } = await workers.start();
    const password = join(dataDir, 'password');
    writeFileSync(password, 'said to the standard input\n');
    const page = readFileSync(join(import.meta.dirname, '../../../docs', name), 'utf8');
    const lines = [...page.matchAll(/^\$ cmem ((?:users|organizations).*)$/gm)].map(([, line = '']) => line);
    expect(lines.length).toBeGreaterThan(10);
    for (const line of lines) {
      const words = [...line.matchAll(/"([^"]*)"|\S+/g)].map(([word, quoted]) => quoted ?? word);
      const args = words.map((word) => (word === '-' ? password : word));
      expect(await runCmem({ dataDir }, args), line).toMatchObject({ exitCode: 0, failed: '' });
    }
  },
);
