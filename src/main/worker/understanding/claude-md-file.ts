import { randomBytes } from 'node:crypto';
import { lstat, mkdir, open, readFile, realpath, rename, rm, writeFile } from 'node:fs/promises';
import { basename, dirname, extname, isAbsolute, join, resolve } from 'node:path';
import { beginMark, endMark } from '../../memory/learnings/export-section.ts';

/** The file cannot be written as asked; nothing was changed. */
export class ClaudeMdError extends Error {
  readonly code: 'BAD_REQUEST' | 'CONFLICT';
  constructor(code: ClaudeMdError['code'], message: string) {
    super(message);
    this.name = 'ClaudeMdError';
    this.code = code;
  }
}

const largestBytes = 4 * 1024 * 1024;

/**
 * Puts the section between its marks into a Markdown file, behind what is there when it has none, and leaves every other byte
 * as it is; null takes the section out. In one step, with a copy of what was there in `backups`. Throws `ClaudeMdError`.
 */
export async function putSection(file: string, section: string | null, backups: string): Promise<void> {
  await check(file);
  const before = await readOrNull(file);
  if (before !== null && isWide(before)) {
    throw new ClaudeMdError('BAD_REQUEST', `${file} is written in UTF-16; save it as UTF-8 first.`);
  }
  const after = withSection(before ?? Buffer.alloc(0), section);
  if (before === null ? after.length === 0 : after.equals(before)) return;
  if (before !== null) await keepCopy(file, before, backups);
  await replace(file, before, after);
}

async function check(file: string): Promise<void> {
  if (!isAbsolute(file) || resolve(file) !== file) {
    throw new ClaudeMdError('BAD_REQUEST', 'Give the whole path of the file, from the root, without “..”.');
  }
  if (!['.md', '.markdown'].includes(extname(file).toLowerCase())) {
    throw new ClaudeMdError('BAD_REQUEST', 'Only Markdown files (.md) are written, such as CLAUDE.md.');
  }
  const folder = dirname(file);
  const real = await realpath(folder).catch(() => null);
  if (real === null) throw new ClaudeMdError('BAD_REQUEST', `The folder ${folder} does not exist; make it first.`);
  const stats = await lstat(file).catch(() => null);
  if (stats === null) return;
  if (stats.isSymbolicLink()) {
    const target = await realpath(file).catch(() => null);
    const message =
      target === null
        ? `${file} is a link that leads nowhere; name the file itself.`
        : `${file} is a link that leads to ${target}; name the file itself.`;
    throw new ClaudeMdError('BAD_REQUEST', message);
  }
  if (!stats.isFile()) throw new ClaudeMdError('BAD_REQUEST', `${file} is no file.`);
  if (stats.size > largestBytes) throw new ClaudeMdError('BAD_REQUEST', `${file} is too large to be a CLAUDE.md.`);
}

async function readOrNull(file: string): Promise<Buffer | null> {
  try {
    return await readFile(file);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw error;
  }
}

/** Two bytes a character: what is added in UTF-8 would be unreadable. */
function isWide(bytes: Buffer): boolean {
  return bytes.includes(0) || (bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff);
}

/** Bytes in, bytes out: what is not ours may be in any encoding that has ASCII's characters. */
export function withSection(before: Buffer, section: string | null): Buffer {
  const begins = placesOf(before, beginMark);
  const ends = placesOf(before, endMark);
  const [begin, end] = [begins[0], ends[0]];
  if (
    begins.length > 1 ||
    ends.length > 1 ||
    (begin === undefined) !== (end === undefined) ||
    (begin ?? 0) > (end ?? 0)
  ) {
    throw new ClaudeMdError(
      'CONFLICT',
      'The marks of the section are not in order in this file; put them right or remove them.',
    );
  }
  const newline = before.includes('\r\n') ? '\r\n' : '\n';
  const body = section === null ? null : Buffer.from(section.replaceAll('\n', newline), 'utf8');
  if (begin !== undefined && end !== undefined) {
    const behind = before.subarray(end + endMark.length);
    if (body !== null) return Buffer.concat([before.subarray(0, begin), body, behind]);
    // The empty line that came with it goes with it.
    const ahead = before
      .subarray(0, begin)
      .toString('latin1')
      .replace(/(\r?\n)\r?\n$/, '$1');
    return Buffer.concat([
      Buffer.from(ahead, 'latin1'),
      Buffer.from(behind.toString('latin1').replace(/^\r?\n/, ''), 'latin1'),
    ]);
  }
  if (body === null) return before;
  const text = before.toString('latin1');
  const gap = text === '' ? '' : text.endsWith('\n') ? newline : newline + newline;
  return Buffer.concat([before, Buffer.from(gap), body, Buffer.from(newline)]);
}

function placesOf(bytes: Buffer, mark: string): number[] {
  const places: number[] = [];
  for (let at = bytes.indexOf(mark); at !== -1; at = bytes.indexOf(mark, at + 1)) places.push(at);
  return places;
}

async function keepCopy(file: string, bytes: Buffer, backups: string): Promise<void> {
  await mkdir(backups, { recursive: true, mode: 0o700 });
  const stamp = new Date().toISOString().replaceAll(/[:.]/g, '-');
  const name = `${basename(dirname(file))}-${basename(file)}-${stamp}-${randomBytes(3).toString('hex')}`;
  await writeFile(join(backups, name), bytes, { mode: 0o600, flag: 'wx' });
}

async function replace(file: string, before: Buffer | null, after: Buffer): Promise<void> {
  const mode = before === null ? 0o644 : (await lstat(file)).mode & 0o7777;
  const draft = join(dirname(file), `.${basename(file)}.${randomBytes(6).toString('hex')}.tmp`);
  try {
    const handle = await open(draft, 'wx', mode);
    try {
      await handle.writeFile(after);
      await handle.chmod(mode);
      await handle.sync();
    } finally {
      await handle.close();
    }
    const now = await readOrNull(file);
    if (before === null ? now !== null : now === null || !now.equals(before)) {
      throw new ClaudeMdError('CONFLICT', `${file} is being changed by somebody else; try again.`);
    }
    await rename(draft, file);
  } finally {
    await rm(draft, { force: true });
  }
}
