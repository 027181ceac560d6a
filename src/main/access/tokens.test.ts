import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { temporaryFolder } from '../store/testing/temporary-store.ts';
import { readOrCreateToken } from './tokens.ts';

let folder: ReturnType<typeof temporaryFolder>;
beforeEach(() => void (folder = temporaryFolder()));
afterEach(() => folder.remove());

// Catches: a token that is read while another program has only begun to write it, or that each program makes for itself.
test('programs that come to a new folder at once have one token', async () => {
  const script = `
    import { readOrCreateToken } from ${JSON.stringify(join(import.meta.dirname, 'tokens.ts'))};
    import { mkdirSync } from 'node:fs';
    const found = [];
    for (let round = 0; round < 200; round++) {
      const folder = ${JSON.stringify(folder.dir)} + '/' + round;
      mkdirSync(folder, { recursive: true });
      found.push(readOrCreateToken(folder, 'owner'));
    }
    process.stdout.write(JSON.stringify(found));`;
  const programs = Array.from({ length: 4 }, async () => {
    const child = spawn(process.execPath, ['--input-type=module', '-e', script], { stdio: ['ignore', 'pipe', 'pipe'] });
    const [told, errors] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'close')]);
    expect(errors).toBe('');
    return JSON.parse(told) as string[];
  });
  const [first = [], ...others] = await Promise.all(programs);
  expect(new Set(first).size).toBe(200);
  for (const other of others) expect(other).toEqual(first);
  expect(readdirSync(join(folder.dir, '0'))).toEqual(['owner.token']);
});

test('the token is for its owner alone, and stays', () => {
  const token = readOrCreateToken(folder.dir, 'capture');
  expect(token).toMatch(/^cmc_[\w-]{43}$/);
  expect(readOrCreateToken(folder.dir, 'capture')).toBe(token);
  expect(statSync(join(folder.dir, 'capture.token')).mode & 0o777).toBe(0o600);
});

test('a damaged file is told of and not replaced', () => {
  writeFileSync(join(folder.dir, 'owner.token'), '');
  expect(() => readOrCreateToken(folder.dir, 'owner')).toThrow(/empty or damaged/);
});
