import type { ObservationView } from '../../shared/views.ts';
import type { TextRange } from '../../shared/search-views.ts';
import { widthAt } from './characters.ts';
import { normaliseWithOrigins } from './normalise.ts';
import { scanTerms } from './scan-terms.ts';

/** Where one term of the query stands. */
interface Match {
  start: number;
  end: number;
  surface: string;
}

export interface Highlight {
  matchedTerms: string[];
  title: TextRange[];
  snippet: string;
  snippetRanges: TextRange[];
}

/** Characters of a snippet, with the marks of what was left out. */
export const longestSnippet = 240;
/** What is shown before the first match of a snippet, so that it can be understood. */
const lead = 40;
/** Characters of an observation that are looked at. */
const longestText = 20_000;
const fieldSeparator = ' · ';
const ellipsis = '…';

/** Marks in an observation what the query found. `surfaces` maps terms of the index to what the person wrote. */
export function highlight(
  observation: Pick<ObservationView, 'title' | 'subtitle' | 'facts' | 'narrative' | 'files_read' | 'files_changed'>,
  surfaces: ReadonlyMap<string, string>,
): Highlight {
  const inTitle = findMatches(observation.title, surfaces);
  const files = [...new Set([...observation.files_changed, ...observation.files_read])];
  const text = [observation.subtitle, ...observation.facts, observation.narrative, files.join(' ')]
    .filter((field) => field !== null && field !== '')
    .join(fieldSeparator)
    .slice(0, longestText);
  const inText = findMatches(text, surfaces);
  const found = new Set([...inTitle, ...inText].map((match) => match.surface));
  const passage = cutPassage(text, inText);
  return {
    matchedTerms: [...new Set(surfaces.values())].filter((surface) => found.has(surface)),
    title: mergeRanges(inTitle),
    snippet: passage.snippet,
    snippetRanges: passage.ranges,
  };
}

function findMatches(text: string, surfaces: ReadonlyMap<string, string>): Match[] {
  const { text: normalised, originAt } = normaliseWithOrigins(text);
  const matches: Match[] = [];
  scanTerms(normalised, (term, start, end) => {
    const surface = surfaces.get(term);
    if (surface === undefined) return;
    const from = originAt(start);
    // One character of the original may have become several: its end is where the next one begins.
    let until = originAt(end);
    // Of a pair that was found by its first character, only this one is marked.
    if (term.length > surface.length && widthAt(surface, 0) === surface.length) {
      until = originAt(start + surface.length);
    }
    for (let after = end; until <= from && after <= normalised.length; after++) until = originAt(after);
    matches.push({ start: from, end: until, surface });
  });
  return matches.toSorted((one, other) => one.start - other.start || other.end - one.end);
}

/** Overlapping pairs of a script without spaces, and an identifier and its parts, become one range. */
function mergeRanges(matches: readonly Match[]): TextRange[] {
  const ranges: TextRange[] = [];
  for (const { start, end } of matches) {
    const last = ranges.at(-1);
    if (last !== undefined && start <= last[1]) last[1] = Math.max(last[1], end);
    else ranges.push([start, end]);
  }
  return ranges;
}

function cutPassage(text: string, matches: readonly Match[]): { snippet: string; ranges: TextRange[] } {
  if (text.length <= longestSnippet) return { snippet: text, ranges: mergeRanges(matches) };
  const room = longestSnippet - 2 * ellipsis.length;
  const start = passageStart(text, densest(matches, room - lead));
  const end = passageEnd(text, start, start === 0 ? room + ellipsis.length : room);
  const prefix = start > 0 ? ellipsis : '';
  const snippet = prefix + text.slice(start, end) + (end < text.length ? ellipsis : '');
  const inside = matches.filter((match) => match.start >= start && match.end <= end);
  const shift = prefix.length - start;
  return { snippet, ranges: mergeRanges(inside).map(([from, until]) => [from + shift, until + shift]) };
}

/** Start of the stretch of `width` characters with the most distinct terms, then the most matches, then the first. */
function densest(matches: readonly Match[], width: number): number {
  let best = { start: 0, distinct: 0, matches: 0 };
  for (const [index, first] of matches.entries()) {
    const surfaces = new Set<string>();
    let count = 0;
    for (let next = index; next < matches.length; next++) {
      const match = matches[next];
      if (match === undefined || match.end > first.start + width) break;
      surfaces.add(match.surface);
      count++;
    }
    if (surfaces.size > best.distinct || (surfaces.size === best.distinct && count > best.matches)) {
      best = { start: first.start, distinct: surfaces.size, matches: count };
    }
  }
  return best.start;
}

/** Goes back a little from the match, to the beginning of a word. */
function passageStart(text: string, match: number): number {
  const room = longestSnippet - 2 * ellipsis.length;
  const earliest = Math.max(0, Math.min(match - lead, text.length - room));
  if (earliest === 0) return 0;
  const space = text.indexOf(' ', earliest - 1);
  const start = space >= 0 && space < match && space < earliest + lead ? space + 1 : earliest;
  return isInsidePair(text, start) ? start + 1 : start;
}

function passageEnd(text: string, start: number, room: number): number {
  if (text.length - start <= room + ellipsis.length) return text.length;
  const latest = start + room;
  const space = text.lastIndexOf(' ', latest);
  const end = space > latest - lead ? space : latest;
  return isInsidePair(text, end) ? end - 1 : end;
}

/** Whether a cut here would part the halves of a surrogate pair. */
function isInsidePair(text: string, index: number): boolean {
  const before = text.charCodeAt(index - 1);
  const after = text.charCodeAt(index);
  return before >= 0xd800 && before <= 0xdbff && after >= 0xdc00 && after <= 0xdfff;
}
