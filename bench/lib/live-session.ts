import { execFile } from 'node:child_process';
import { appendFileSync, mkdirSync, realpathSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { mintedSessions, recordedCwd, type MintedEvent } from './recorded-events.ts';

const run = promisify(execFile);

/** A git repository with a commit, a branch and a remote, as a session finds it; resolves with its folder. */
export async function makeRepository(parent: string): Promise<string> {
  const folder = join(parent, 'shop-api');
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'README.md'), '# shop-api\n');
  const git = (...args: string[]) =>
    run('git', ['-c', 'user.name=Bench', '-c', 'user.email=bench@example.com', ...args], {
      cwd: folder,
      env: { PATH: process.env['PATH'], GIT_CONFIG_GLOBAL: '/dev/null', GIT_CONFIG_SYSTEM: '/dev/null' },
    });
  await git('init', '--initial-branch', 'main');
  await git('remote', 'add', 'origin', 'https://git.example.com/acme/shop-api.git');
  await git('add', '.');
  await git('commit', '--message', 'Begin');
  return realpathSync(folder);
}

/**
 * Recorded sessions as if they happened now in the repository: before an event is handed out, the transcript in Claude
 * Code's folder has grown by what was written until then. Without end.
 */
export function* liveEvents(repository: string, claudeDir: string): Generator<MintedEvent, never> {
  // Claude Code's name for a session's folder.
  const folder = join(claudeDir, 'projects', repository.replaceAll(/[^A-Za-z0-9]/g, '-'));
  mkdirSync(folder, { recursive: true });
  for (const session of mintedSessions()) {
    const path = join(folder, `${session.id}.jsonl`);
    const lines = session.transcript();
    let written = 0;
    for (const [index, event] of session.events.entries()) {
      const due = Math.ceil(((index + 1) / session.events.length) * lines.length);
      const grown = lines.slice(written, due).map((line) => `${here(line, repository)}\n`);
      appendFileSync(path, grown.join(''));
      written = due;
      const body = event.body.replace(/"transcript_path":"[^"]*"/, () => `"transcript_path":${JSON.stringify(path)}`);
      yield { ...event, body: here(body, repository) };
    }
  }
  throw new Error('There are no recorded sessions.');
}

const here = (text: string, repository: string) => text.replaceAll(recordedCwd, () => repository);
