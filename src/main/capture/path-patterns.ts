import { homedir } from 'node:os';
import { posix } from 'node:path';

/** What is longer is cut, which makes it name more. */
const longestPattern = 300;

/**
 * Whether a path, or a folder above it, is one of those that the patterns name. `*` stands for anything but a slash, `**` for
 * anything, `?` for one character; `~/` is the home folder; a pattern without a slash is a name wherever it lies. Takes
 * time in proportion to the lengths of both, whatever the pattern says: one pattern meets every event.
 */
export function createPathPatterns(patterns: readonly string[]): (path: string) => boolean {
  const wanted = patterns.map(patternOf).filter((pattern) => pattern !== null);
  return (path) => {
    if (wanted.length === 0 || path === '') return false;
    // An agent may go by way of `.` and `..`.
    const clean = posix.normalize(path.replaceAll('\\', '/')).replace(/(?<=.)\/+$/, '');
    const names = clean.split('/').filter((name) => name !== '');
    return wanted.some((pattern) =>
      pattern.isName ? names.some((name) => matches(pattern.parts, name)) : matches(pattern.parts, clean),
    );
  };
}

function patternOf(given: string): { parts: string[]; isName: boolean } | null {
  const text = given
    .trim()
    .replaceAll('\\', '/')
    .slice(0, longestPattern)
    .replaceAll(/\*{3,}/g, '**');
  // A folder's pattern names what is below it in any case.
  const whole = text.replace(/(?<=[^/])(?:\/+|\/+\*\*)$/, '').replaceAll(/\/{2,}/g, '/');
  if (whole === '') return null;
  if (!whole.includes('/')) return { parts: [...whole], isName: true };
  if (whole.startsWith('~/')) return { parts: [...homedir().replaceAll('\\', '/'), ...whole.slice(1)], isName: false };
  const isWhole = /^(?:\/|\*\*|[A-Za-z]:\/)/.test(whole);
  return { parts: [...(isWhole ? whole : `**/${whole}`)], isName: false };
}

/** Runs all ways to read the pattern side by side; true as soon as one comes to its end at a folder's end. */
function matches(pattern: readonly string[], path: string): boolean {
  let places = withNothing(pattern, new Set([0]));
  for (const character of path) {
    if (character === '/' && places.has(pattern.length)) return true;
    const next = new Set<number>();
    for (const place of places) {
      const wanted = pattern[place];
      if (wanted === '*') {
        if (character !== '/' || isDeep(pattern, place)) next.add(place);
      } else if (wanted === character || (wanted === '?' && character !== '/')) next.add(place + 1);
    }
    if (next.size === 0) return false;
    places = withNothing(pattern, next);
  }
  return places.has(pattern.length);
}

function isDeep(pattern: readonly string[], place: number): boolean {
  return pattern[place + 1] === '*' || pattern[place - 1] === '*';
}

/** A star may stand for nothing, and two of them with their slash for no folder at all. */
function withNothing(pattern: readonly string[], places: Set<number>): Set<number> {
  // What is added is walked, too.
  for (const place of places) {
    if (pattern[place] !== '*') continue;
    places.add(place + 1);
    const isSegment = pattern[place + 1] === '*' && pattern[place + 2] === '/';
    if (isSegment && (place === 0 || pattern[place - 1] === '/')) places.add(place + 3);
  }
  return places;
}
