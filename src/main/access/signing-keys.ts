import { randomBytes } from 'node:crypto';
import { closeSync, fsyncSync, openSync, readFileSync, writeSync } from 'node:fs';
import { chmod, open, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';

const signingKey = z.object({
  id: z.string().min(1),
  /** 256 random bits, base64url. */
  secret: z.string().min(43),
  created_at: z.number(),
});
const content = z.object({ keys: z.array(signingKey).min(1) });

export interface SigningKey {
  id: string;
  secret: Uint8Array;
}

export interface SigningKeys {
  /** The key for new tokens; made anew when it has come of age. */
  current(): Promise<SigningKey>;
  /** Null for one that is not known, or whose tokens have all run out. */
  find(id: string): SigningKey | null;
  /** From now on another key signs; the old one is known for as long as its tokens live. */
  rotate(): Promise<void>;
}

const fileName = 'signing-keys.json';
const rotatedEveryMs = 30 * 24 * 60 * 60 * 1000;

/**
 * What access tokens are signed with, in a file of the data folder that only its owner may read. Throws when the folder
 * cannot be written, or the file is damaged.
 */
export function readOrCreateSigningKeys(
  dataDir: string,
  tokenLifetimeMs: number,
  now: () => number = Date.now,
): SigningKeys {
  const file = join(dataDir, fileName);
  let keys = readOrCreate(file, now());
  let rotating: Promise<void> | null = null;

  async function rotate(): Promise<void> {
    const at = now();
    // The newest is first; whatever an older one has signed was signed before the next one came.
    const known = keys.filter((_, place) => place === 0 || (keys[place - 1]?.created_at ?? 0) > at - tokenLifetimeMs);
    const next = [newKey(at), ...known];
    await replace(file, next);
    keys = next;
  }

  function rotateOnce(): Promise<void> {
    rotating ??= rotate().finally(() => (rotating = null));
    return rotating;
  }

  const opened = (key: z.infer<typeof signingKey>): SigningKey => ({
    id: key.id,
    secret: Buffer.from(key.secret, 'base64url'),
  });

  return {
    async current() {
      const [newest] = keys;
      if (newest === undefined || newest.created_at < now() - rotatedEveryMs) await rotateOnce();
      const [key = newKey(now())] = keys;
      return opened(key);
    },
    find(id) {
      const place = keys.findIndex((key) => key.id === id);
      const key = keys[place];
      const successor = keys[place - 1];
      const isOver = successor !== undefined && successor.created_at <= now() - tokenLifetimeMs;
      return key === undefined || isOver ? null : opened(key);
    },
    rotate: rotateOnce,
  };
}

function newKey(at: number): z.infer<typeof signingKey> {
  return { id: randomBytes(9).toString('base64url'), secret: randomBytes(32).toString('base64url'), created_at: at };
}

function readOrCreate(file: string, at: number): z.infer<typeof signingKey>[] {
  try {
    const handle = openSync(file, 'wx', 0o600);
    const keys = [newKey(at)];
    writeSync(handle, `${JSON.stringify({ keys })}\n`);
    fsyncSync(handle);
    closeSync(handle);
    return keys;
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
  }
  const known = content.safeParse(parsed(readFileSync(file, 'utf8')));
  if (known.success) return known.data.keys;
  throw new Error(
    `The file ${file} is damaged. Delete it and start again; whoever is logged in has to do so once more.`,
  );
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

async function replace(file: string, keys: readonly z.infer<typeof signingKey>[]): Promise<void> {
  const draft = `${file}.new`;
  const handle = await open(draft, 'w', 0o600);
  try {
    await handle.writeFile(`${JSON.stringify({ keys })}\n`);
    await handle.sync();
  } finally {
    await handle.close();
  }
  // A draft that was left behind keeps its mode.
  await chmod(draft, 0o600);
  await rename(draft, file);
}
