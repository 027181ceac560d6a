import type { ParsedQuery, QueryClause, SearchFilters } from '../../../shared/search-views.ts';
import type { ReadableDb } from '../../store/database.ts';
import type { ObservationTable } from '../observation-table.ts';
import { createFilterCompiler, createRowConditions } from '../row-filter.ts';
import type { RowFilter } from '../row-filter.ts';
import type { Demand, RowCondition, RowSelection } from '../row-selection.ts';
import { selectRows } from '../row-selection.ts';
import { parseQuery } from './parse-query.ts';
import type { QueryClock, ReadClause } from './parse-query.ts';
import { createTextRows } from './text-rows.ts';
import { createValueLookup } from './value-lookup.ts';

export interface CompiledQuery {
  /** For people: how the query was understood. */
  parsed: ParsedQuery;
  /** What to search for: the words, and those of phrases. */
  words: string;
  /** Null when nothing is filtered. */
  filter: RowFilter | null;
}

export interface QueryCompiler {
  /** The table has to be caught up before. */
  compile(request: { text: string; filters: SearchFilters }): CompiledQuery;
}

const systemClock = (): QueryClock => ({
  now: Date.now(),
  timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone,
});

/** Turns what a person typed, and the filters beside it, into words to search for and the rows in which to do so. */
export function createQueryCompiler(
  db: ReadableDb,
  table: ObservationTable,
  clock: () => QueryClock = systemClock,
): QueryCompiler {
  const conditions = createRowConditions(db, table);
  const filters = createFilterCompiler(db, table, conditions);
  const texts = createTextRows(db, table.lastPk);
  const lookup = createValueLookup(db);

  /** The clause with its values looked up: several clauses when only some of them are known. */
  function located(clause: ReadClause): { clause: ReadClause; pks: number[] }[] {
    const { target } = clause;
    if (target !== 'project' && target !== 'session') return [{ clause, pks: [] }];
    const found = clause.values.map((value) => lookup[target](value));
    const known = found.filter(({ problem }) => problem === null);
    const name = clause.kind === 'not' ? `${target}:` : '';
    const value = name + known.map(({ label }) => label).join(', ');
    const unknown = found
      .filter(({ problem }) => problem !== null)
      .map(({ label, problem }) => ({ clause: { ...clause, value: name + label, problem }, pks: [] }));
    if (known.length === 0) return unknown;
    return [{ clause: { ...clause, value }, pks: known.flatMap(({ pks }) => pks) }, ...unknown];
  }

  function conditionOf({ target, values }: ReadClause, pks: number[]): RowCondition | null {
    switch (target) {
      case 'project':
      case 'session':
        return { column: target, values: pks };
      case 'type':
        return conditions.types(values);
      case 'tool':
        return conditions.tools(values);
      case 'file':
        return conditions.files(values);
      case 'tag':
        return conditions.tags(values);
      case 'failed':
        return conditions.failed();
      case 'pinned':
        return conditions.pinned();
      case 'phrase':
      case 'time':
        return null;
    }
  }

  function demandsOf(clauses: readonly { clause: ReadClause; pks: number[] }[]): Demand[] {
    const demands: Demand[] = [];
    const alternatives = new Map<string, Set<number>>();
    for (const { clause, pks } of clauses) {
      const condition = clause.problem === null ? conditionOf(clause, pks) : null;
      if (condition === null) continue;
      // A row has one project, session, type and tool, so a second such clause can only mean another choice.
      if ('column' in condition && clause.kind !== 'not' && clause.target !== 'failed') {
        const values = alternatives.get(condition.column) ?? new Set();
        alternatives.set(condition.column, values);
        for (const value of condition.values) values.add(value);
        demands.push({ condition: { column: condition.column, values }, wanted: true });
      } else {
        demands.push({ condition, wanted: clause.kind !== 'not' });
      }
    }
    return [...demands, ...timesOf(clauses.map(({ clause }) => clause))];
  }

  /** Texts come last, so that only rows are read that pass everything else. */
  function applyTexts(clauses: readonly ReadClause[], selection: RowSelection): boolean {
    const pass = texts.begin();
    let complete = true;
    for (const { kind, values } of clauses.toSorted((one) => (one.kind === 'not' ? 1 : -1))) {
      const [text = ''] = values;
      const found = kind === 'not' ? pass.excluded(text, selection.allowed) : pass.holding(text, selection.allowed);
      selection.apply({ condition: found, wanted: kind !== 'not' });
      complete &&= found.complete;
    }
    return complete;
  }

  return {
    compile(request) {
      const read = parseQuery(request.text, clock());
      const clauses = read.clauses.flatMap(located);
      const parsed = { words: read.words, clauses: clauses.map(({ clause }) => shown(clause)) };
      const demands = [...filters.demands(request.filters), ...demandsOf(clauses)];
      const textual = read.clauses.filter(({ target }) => target === 'phrase');
      if (demands.length + textual.length === 0) return { parsed, words: read.searched, filter: null };
      const selection = selectRows(table);
      for (const demand of demands) selection.apply(demand);
      const complete = textual.length === 0 || applyTexts(textual, selection);
      return { parsed, words: read.searched, filter: { allowed: selection.allowed, complete } };
    },
  };
}

/** Several stretches of time are alternatives; beginnings and ends apply together. */
function timesOf(clauses: readonly ReadClause[]): Demand[] {
  const bounds = clauses
    .filter(({ target, problem }) => target === 'time' && problem === null)
    .map(({ since, until }) => ({
      ...(since === undefined ? {} : { since: Date.parse(since) }),
      ...(until === undefined ? {} : { until: Date.parse(until) }),
    }));
  const stretches = bounds.filter((range) => range.since !== undefined && range.until !== undefined);
  const open = bounds.filter((range) => !stretches.includes(range));
  const groups = stretches.length === 0 ? [] : [stretches];
  return [...groups, ...open.map((range) => [range])].map((times) => ({ condition: { times }, wanted: true }));
}

/** What goes over the wire of a clause. */
function shown({ kind, range, text, value, since, until, problem }: ReadClause): QueryClause {
  return {
    kind,
    range,
    text,
    value,
    ...(since === undefined ? {} : { since }),
    ...(until === undefined ? {} : { until }),
    problem,
  };
}
