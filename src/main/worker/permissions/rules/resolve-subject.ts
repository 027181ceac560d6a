import { readlinkSync, realpathSync } from 'node:fs';
import { homedir } from 'node:os';
import { basename, dirname, isAbsolute, join, relative, resolve, sep } from 'node:path';
import { sanitizeText } from '../../../capture/sanitize.ts';
import type { AskSubject } from '../../../capture/permission-ask.ts';
import { hidesCharacters, visibleLine } from '../../../../shared/visible-text.ts';
import { literalPattern } from './glob.ts';
import { splitShell, type ShellLine } from './split-shell.ts';

/** What rules are compared with. It holds what the agent said, secrets too: never stored. */
export type Subject =
  | { kind: 'command'; text: string; line: ShellLine }
  | { kind: 'text'; text: string }
  /** As named and as the links on the way say: of each the whole path, and the one within the project, if it is in it. */
  | { kind: 'path'; places: { path: string; within: string | null }[] }
  /** Null for what is no address of the web, or has a password in it. */
  | { kind: 'url'; text: string; address: URL | null };

export interface ResolvedSubject {
  subject: Subject;
  /** One line, redacted. */
  summary: string;
  /** The pattern that fits exactly this; null when it may not be stored, or would be too long. */
  pattern: string | null;
}

/** A rule's pattern has so many characters at most. */
const longestPattern = 1_000;
const longestSummary = 4_000;

/** `cwd` is where the agent stands, `root` the project's folder. Reads the file system for links, and nothing else. */
export function resolveSubject({ kind, text }: AskSubject, cwd: string, root: string): ResolvedSubject {
  switch (kind) {
    case 'command':
      return described({ kind, text, line: splitShell(text) }, text.trim());
    case 'script':
    case 'input':
      return described({ kind: 'text', text }, text.trim());
    case 'url': {
      const address = webAddress(text);
      return described({ kind, text, address }, address?.href ?? text.trim());
    }
    case 'path': {
      const ways = [...new Set([asClientReads(text), text])].map((way) => resolve(isAbsolute(cwd) ? cwd : '/', way));
      const places = ways.flatMap((way) => [placeOf(way, root), placeOf(realPath(way), realPath(root))]);
      return described({ kind, places }, places[0]?.within ?? ways[0] ?? text);
    }
  }
}

function described(subject: Subject, said: string): ResolvedSubject {
  const clean = sanitizeText(said).trim();
  const pattern = literalPattern(said);
  const isStorable = clean === said && !hidesCharacters(said) && said !== '' && pattern.length <= longestPattern;
  const line = visibleLine(clean);
  const summary = line.length > longestSummary ? `${line.slice(0, longestSummary)}…` : line;
  return { subject, summary, pattern: isStorable ? pattern : null };
}

function placeOf(path: string, root: string): { path: string; within: string | null } {
  const way = relative(root, path);
  const isWithin = root !== '' && way !== '' && way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way);
  return { path: slashed(path), within: isWithin ? slashed(way) : null };
}

const slashed = (path: string): string => (sep === '/' ? path : path.replaceAll(sep, '/'));

/** What Claude Code 2.1 makes of the path that it is given, before anything else: blanks off, and the home folder put in. */
function asClientReads(text: string): string {
  const way = text.trim();
  return way === '~' || way.startsWith('~/') ? join(homedir(), way.slice(1)) : way;
}

/** As many links in a row as Linux follows. */
const mostLinks = 40;

/** Follows the links of as much of the path as is there, and those that lead to what is not there yet. */
function realPath(path: string, links = 0): string {
  const missing: string[] = [];
  for (let folder = path; ; folder = dirname(folder)) {
    try {
      return join(realpathSync(folder), ...missing);
    } catch {
      const target = linkTarget(folder);
      if (target !== null && links < mostLinks) {
        return realPath(resolve(dirname(folder), target, ...missing), links + 1);
      }
      if (dirname(folder) === folder) return path;
      missing.unshift(basename(folder));
    }
  }
}

function linkTarget(path: string): string | null {
  try {
    return readlinkSync(path);
  } catch {
    return null;
  }
}

function webAddress(text: string): URL | null {
  if (!URL.canParse(text)) return null;
  const url = new URL(text);
  const isWeb = url.protocol === 'https:' || url.protocol === 'http:';
  return isWeb && url.username === '' && url.password === '' ? url : null;
}
