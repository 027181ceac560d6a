import type { QueryClause, QueryClauseKind, ParsedQuery } from '../../../shared/search-views.ts';
import { boundsOf, findTimes, readTimeAt } from './find-times.ts';
import type { FoundTime, Preposition } from './find-times.ts';
import { operatorNamed, stateNamed, typeNamed } from './operators.ts';
import type { OperatorKey } from './operators.ts';
import { isPasted, minusExcludes } from './query-manner.ts';
import { hasTerms } from './text-match.ts';
import { readPiece } from './query-pieces.ts';
import type { Piece } from './query-pieces.ts';
import { spanText } from './time-span.ts';
import { createCalendar } from './zoned-calendar.ts';
import type { ZonedCalendar } from './zoned-calendar.ts';

export interface QueryClock {
  /** Milliseconds since 1970. */
  now: number;
  /** IANA name; one that is not known counts as UTC. */
  timeZone: string;
}

/** What a clause looks at; of a `not` clause what it excludes. */
export type ClauseTarget = Exclude<QueryClauseKind, 'not' | 'since' | 'before'>;

/** A clause with what is to be looked up; any of its values is enough. */
export interface ReadClause extends QueryClause {
  target: ClauseTarget;
  values: string[];
}

export interface ReadQuery extends ParsedQuery {
  clauses: ReadClause[];
  /** The words, those of phrases included, in the order of the query. */
  searched: string;
}

/** Longer queries are cut. */
const longestQuery = 10_000;

/**
 * Reads a query for people; nothing in it is an error. Ranges are offsets into `text`. Projects and sessions are not
 * looked up here, so a clause that names one has no problem yet.
 */
export function parseQuery(text: string, clock: QueryClock): ReadQuery {
  const query = text.slice(0, longestQuery);
  if (isPasted(query)) return withoutClauses(query);
  const calendar = createCalendar(clock);
  const reader = createReader(query, calendar, minusExcludes(query));
  let at = 0;
  while (at < query.length) {
    const piece = readPiece(query, at);
    at = Math.max(at + 1, reader.take(piece));
  }
  return reader.finish();
}

function withoutClauses(text: string): ReadQuery {
  return { words: text.trim(), searched: text.trim(), clauses: [] };
}

function createReader(text: string, calendar: ZonedCalendar, excludes: boolean) {
  const clauses: ReadClause[] = [];
  /** Words in the order of the query; what a phrase says is only searched for. */
  const said: { text: string; isPhrase: boolean }[] = [];
  /** Where the words that are being collected begin; times are looked for in all of them together. */
  let plainFrom: number | null = null;
  let plainTo = 0;

  function endPlain(): void {
    if (plainFrom === null) return;
    let at = plainFrom;
    for (const time of findTimes(text, plainFrom, plainTo, calendar)) {
      addWords(at, time.start);
      addTime(time);
      at = time.end;
    }
    addWords(at, plainTo);
    plainFrom = null;
  }

  function addWords(start: number, end: number): void {
    // A comma or a full stop that a time leaves behind is no word.
    const words = text
      .slice(start, end)
      .replace(/^[\s,;，；。、]+/u, '')
      .trim()
      .replaceAll(/\s+/gu, ' ');
    if (/[\p{L}\p{N}\p{S}]/u.test(words)) said.push({ text: words, isPhrase: false });
  }

  function addTime({ start, end, since, until }: FoundTime): void {
    const from = since === undefined ? undefined : Math.max(0, since);
    const to = until === undefined ? undefined : Math.max(0, until);
    clauses.push({
      kind: from === undefined ? 'before' : to === undefined ? 'since' : 'time',
      target: 'time',
      range: [start, end],
      text: text.slice(start, end),
      value: spanText(calendar, from, to),
      values: [],
      ...(from === undefined ? {} : { since: new Date(from).toISOString() }),
      ...(to === undefined ? {} : { until: new Date(to).toISOString() }),
      problem: null,
    });
  }

  function addClause(
    { start, end, negated }: Piece,
    target: ClauseTarget,
    values: readonly string[],
    problem: ReadClause['problem'] = null,
  ): void {
    const isState = target === 'failed' || target === 'pinned';
    const shown = isState ? target : values.join(', ');
    clauses.push({
      kind: negated ? 'not' : target,
      target,
      range: [start, end],
      text: text.slice(start, end),
      value: negated && target !== 'phrase' ? `${isState ? 'is' : target}:${shown}` : shown,
      values: [...values],
      problem,
    });
  }

  /** Takes the piece as words when it turns out to be nothing else. */
  function takePlain(piece: Piece): number {
    plainFrom ??= piece.start;
    plainTo = piece.end;
    return piece.end;
  }

  function takePhrase(piece: Piece): number {
    const [phrase = ''] = piece.values;
    if (!hasTerms(phrase) || (piece.negated && !excludes)) return takePlain(piece);
    endPlain();
    addClause(piece, 'phrase', [phrase]);
    if (!piece.negated) said.push({ text: phrase, isPhrase: true });
    return piece.end;
  }

  function takeTime(piece: Piece, preposition: Preposition): number {
    const start = piece.valueStart;
    const quoted = piece.isQuoted;
    const read = readTimeAt(text, start, quoted ? piece.valueEnd : text.length, calendar);
    const end = quoted ? piece.end : (read?.end ?? 0);
    const isWhole = read !== null && (quoted ? read.end === piece.valueEnd : end >= piece.end);
    const bounds = isWhole ? boundsOf[preposition](read.span) : {};
    endPlain();
    if (bounds.since === undefined && bounds.until === undefined) {
      addClause({ ...piece, negated: false }, 'time', piece.values, 'invalid_time');
      return piece.end;
    }
    addTime({ start: piece.start, end, ...bounds });
    return end;
  }

  function takeKey(piece: Piece, key: OperatorKey): number {
    if (key === 'since' || key === 'after' || key === 'before' || key === 'until' || key === 'on') {
      return piece.negated ? takePlain(piece) : takeTime(piece, key);
    }
    if (key === 'not') {
      const [value = ''] = piece.values;
      return hasTerms(value)
        ? (endPlain(), addClause({ ...piece, negated: true }, 'phrase', [value]), piece.end)
        : takePlain(piece);
    }
    if (key === 'is') {
      const state = stateNamed(piece.values[0] ?? '');
      if (state === undefined) return takePlain(piece);
      endPlain();
      addClause(piece, state, []);
      return piece.end;
    }
    endPlain();
    if (key === 'type') addTypes(piece);
    else addClause(piece, key, piece.values);
    return piece.end;
  }

  function addTypes(piece: Piece): void {
    const known = piece.values.flatMap((value) => typeNamed(value) ?? []);
    const unknown = piece.values.filter((value) => typeNamed(value) === undefined);
    if (known.length > 0) addClause(piece, 'type', [...new Set(known)]);
    if (unknown.length > 0) addClause(piece, 'type', unknown, 'unknown_type');
  }

  return {
    /** Answers where the next piece begins. */
    take(piece: Piece): number {
      const key = piece.key === null ? undefined : operatorNamed(piece.key);
      if (piece.negated && !excludes) return takePlain(piece);
      if (key !== undefined) return takeKey(piece, key);
      return piece.isQuoted || piece.negated ? takePhrase(piece) : takePlain(piece);
    },
    finish(): ReadQuery {
      endPlain();
      // Marks alone are no words beside a clause, but what was typed when there is nothing else.
      if (clauses.length === 0) return withoutClauses(text);
      const join = (parts: typeof said) => parts.map((part) => part.text).join(' ');
      return { words: join(said.filter((part) => !part.isPhrase)), searched: join(said), clauses };
    },
  };
}
