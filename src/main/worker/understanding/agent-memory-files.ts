import { lstat, readFile, readdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { MemoryFile } from '../../memory/learnings/agent-memory.ts';

const mostFiles = 60;
const largestFileBytes = 128 * 1024;

/**
 * The Markdown files of Claude Code's own memory of a project, read as they are: beside its transcripts, or where its root
 * says that they lie. Files only, no links; none when there is no such folder. Not redacted yet.
 */
export async function openTextFiles(place: {
  transcriptPath: string | null;
  root: string;
  projectsFolder: string;
}): Promise<MemoryFile[]> {
  const folders = new Set([
    ...(place.transcriptPath === null ? [] : [join(dirname(place.transcriptPath), 'memory')]),
    join(place.projectsFolder, place.root.replaceAll(/[^a-zA-Z0-9]/g, '-'), 'memory'),
  ]);
  const files: MemoryFile[] = [];
  for (const folder of folders) {
    for (const name of await namesIn(folder)) {
      if (files.length >= mostFiles) return files;
      const file = await readSmall(folder, name);
      if (file !== null) files.push(file);
    }
  }
  return files;
}

async function namesIn(folder: string): Promise<string[]> {
  try {
    if (!(await lstat(folder)).isDirectory()) return [];
    return (await readdir(folder)).filter((name) => name.toLowerCase().endsWith('.md')).toSorted();
  } catch {
    // There is none, or it is not ours to read: then it teaches nothing.
    return [];
  }
}

async function readSmall(folder: string, name: string): Promise<MemoryFile | null> {
  const path = join(folder, name);
  try {
    const stats = await lstat(path);
    if (!stats.isFile() || stats.size > largestFileBytes) return null;
    return { name, text: await readFile(path, 'utf8'), changedAt: Math.trunc(stats.mtimeMs) };
  } catch {
    return null;
  }
}
