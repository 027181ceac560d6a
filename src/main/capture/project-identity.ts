import { readFileSync, realpathSync, statSync } from 'node:fs';
import { homedir } from 'node:os';
import { basename, dirname, isAbsolute, join, resolve } from 'node:path';

/** How a folder names its project: the strongest alias first. */
export interface ProjectIdentity {
  /** `git:<common dir>`, `remote:<normalised url>` and `path:<folder>`, as far as they are known. */
  aliases: string[];
  name: string;
  root: string;
  remote: string | null;
  /** Of the work tree that the folder lies in. */
  branch: string | null;
}

/**
 * Which project a session belongs to. Worktrees share their repository's common dir, so they fold into it; a clone of a
 * known remote and a repository that was moved are found again by the remote; a folder without git is its own project.
 * Reads a few small files and never runs git.
 */
export function identifyProject(cwd: string, transcriptPath: string | null): ProjectIdentity {
  const start = startFolder(cwd, transcriptPath);
  const found = findRepository(start);
  if (found === null) {
    return { aliases: [`path:${start}`], name: basename(start) || start, root: start, remote: null, branch: null };
  }
  const { commonDir, gitDir } = found;
  const root = basename(commonDir) === '.git' ? dirname(commonDir) : commonDir;
  const remote = readRemote(commonDir);
  return {
    aliases: [`git:${commonDir}`, ...(remote === null ? [] : [`remote:${remote}`])],
    name: basename(root).replace(/\.git$/, ''),
    root,
    remote,
    branch: readBranch(gitDir),
  };
}

/**
 * The folder that the session was started in. `cwd` follows `cd`, but Claude Code names the transcript's folder after the
 * start folder, each character that is no letter or digit as "-": the ancestor of `cwd` with that name is the one.
 */
function startFolder(cwd: string, transcriptPath: string | null): string {
  if (transcriptPath === null) return cwd;
  const encoded = basename(folderOf(transcriptPath));
  for (let folder = cwd; ; folder = dirname(folder)) {
    if (folder.replaceAll(/[^A-Za-z0-9]/g, '-') === encoded) return folder;
    if (dirname(folder) === folder) return cwd;
  }
}

/** A subagent's transcript lies two folders deeper: `<session>/subagents/agent-….jsonl`. */
function folderOf(transcriptPath: string): string {
  const folder = dirname(transcriptPath);
  return basename(folder) === 'subagents' ? dirname(dirname(folder)) : folder;
}

function findRepository(start: string): { gitDir: string; commonDir: string } | null {
  const home = homedir();
  for (let folder = resolve(start); ; folder = dirname(folder)) {
    // A home folder under git (dotfiles) is not the project of everything below it.
    const gitDir = folder === home && folder !== start ? null : gitDirOf(join(folder, '.git'));
    if (gitDir !== null) return { gitDir, commonDir: commonDirOf(gitDir) };
    if (dirname(folder) === folder) return null;
  }
}

/** `.git` is a folder in a repository and a one-line file in a worktree or submodule. */
function gitDirOf(dotGit: string): string | null {
  try {
    if (statSync(dotGit).isDirectory()) return realpathSync(dotGit);
    const target = /^gitdir:\s*(.+?)\s*$/m.exec(readFileSync(dotGit, 'utf8'))?.[1];
    if (target === undefined) return null;
    return realpathSync(isAbsolute(target) ? target : resolve(dirname(dotGit), target));
  } catch {
    return null;
  }
}

function commonDirOf(gitDir: string): string {
  try {
    return realpathSync(resolve(gitDir, readFileSync(join(gitDir, 'commondir'), 'utf8').trim()));
  } catch {
    return gitDir;
  }
}

function readRemote(commonDir: string): string | null {
  try {
    const config = readFileSync(join(commonDir, 'config'), 'utf8');
    const section = /^\[remote "origin"\]([^[]*)/m.exec(config) ?? /^\[remote "[^"]+"\]([^[]*)/m.exec(config);
    const url = /^\s*url\s*=\s*(\S+)/m.exec(section?.[1] ?? '')?.[1];
    // A relative path names another repository from each place, so it identifies none.
    const named = url !== undefined && (url.includes(':') || isAbsolute(url));
    return named ? normaliseRemote(url) : null;
  } catch {
    return null;
  }
}

/** `git@host:a/b.git`, `ssh://git@host/a/b` and `https://user:key@host/a/b.git` are all `host/a/b`; credentials never stay. */
export function normaliseRemote(url: string): string {
  const scp = /^(?:[^@/\s]+@)?([^:/\s]+):(?!\/\/)(.+)$/.exec(url);
  const plain = scp ? `${scp[1]}/${scp[2]}` : url.replace(/^[a-z][a-z0-9+.-]*:\/\//i, '').replace(/^[^@/]*@/, '');
  const [host = '', ...path] = plain.split('/');
  return [host.toLowerCase().replace(/:\d+$/, ''), ...path]
    .join('/')
    .replace(/\/+$/, '')
    .replace(/\.git$/, '');
}

function readBranch(gitDir: string): string | null {
  try {
    return /^ref: refs\/heads\/(.+?)\s*$/.exec(readFileSync(join(gitDir, 'HEAD'), 'utf8'))?.[1] ?? null;
  } catch {
    return null;
  }
}
