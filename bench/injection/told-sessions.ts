import { readFileSync } from 'node:fs';
import { toldMemory, type ToldMemory } from '../../src/main/memory/testing/told-memory.ts';
import { topics } from './sessions.ts';

interface Commit {
  text: string;
  files?: string[];
}

/** A memory of all topics, a session each, with a file of commits as other work of the same project. */
export function tellSessions(noiseFile: string | null): ToldMemory {
  const memory = toldMemory();
  const commits = noiseFile === null ? [] : readCommits(noiseFile);
  // Spread among the topics, as work is.
  const between = Math.ceil(commits.length / topics.length);
  for (const [index, { topic, ...turn }] of topics.entries()) {
    for (const [at, commit] of commits.slice(index * between, (index + 1) * between).entries()) {
      const [subject = '', ...rest] = commit.text.split('\n');
      const session = `noise-${index}-${Math.floor(at / 6)}`;
      memory.tell({
        session,
        asked: subject,
        answered: rest.join('\n').trim() || subject,
        changed: commit.files?.slice(0, 4) ?? [],
      });
    }
    memory.tell({ session: topic, ...turn });
    memory.wait(3_600_000);
  }
  return memory;
}

function readCommits(file: string): Commit[] {
  return readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Commit);
}
