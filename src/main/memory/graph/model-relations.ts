import type { EntityKind, RelationType } from '../../../shared/graph-views.ts';
import type { ReadableDb } from '../../store/database.ts';
import { createGraphCurrentReader } from '../../store/tables/graph-current.ts';
import { createGraphSourceReader, type GraphSource } from '../../store/tables/graph-source.ts';
import type { GraphChange } from '../../store/tables/graph-writer.ts';
import { firstLine, headAndTail } from '../excerpts.ts';
import { createEntityList } from './entity-list.ts';
import { entityKey, type EntityName } from './entity.ts';
import { graphOfSession, relationKey } from './session-graph.ts';

/** What a model proposes; see `graphAnswer` of ai/answers.ts. */
export interface ModelRelation {
  from: string;
  from_kind: EntityKind;
  to: string;
  to_kind: EntityKind;
  type: RelationType;
  evidence: number[];
  weight: number;
}

/** One entry of what the model is shown; it cites it by its number. */
export interface ModelEntry {
  number: number;
  pk: number;
  text: string;
  importance: number;
}

export interface ModelBatch {
  projectPk: number;
  projectName: string;
  entries: ModelEntry[];
  /** Names of the session's entities, `kind: name` each. */
  entities: string[];
}

const mostEntries = 400;
const mostEntities = 150;
const mostRelations = 60;
/** A model that is not sure itself is not heard. */
const leastSure = 0.4;

/**
 * What a model may add to a session's graph: relations between things that the rules have found there, each resting on entries
 * that mention them. Whatever else it says is dropped.
 */
export function createModelRelations(db: ReadableDb) {
  const source = createGraphSourceReader(db);
  const current = createGraphCurrentReader(db);

  function change(sessionPk: number, shown: readonly ModelEntry[], said: readonly ModelRelation[]): GraphChange {
    const projects = source.projects();
    const { rows } = source.session(sessionPk);
    const graph = graphOfSession(rows, projects);
    const list = createEntityList((pk) => projects.get(pk)?.id ?? null);
    const names = new Map([...graph.entities.values()].map((name) => [spoken(name), name]));
    const rowOf = new Map(shown.map(({ number, pk }) => [number, pk]));
    const mentions = (name: EntityName, row: number) => graph.mentions.get(entityKey(name))?.has(row) === true;

    const wanted = new Map<string, { from: EntityName; to: EntityName; type: RelationType; evidence: Set<number> }>();
    for (const { type, evidence, weight, ...ends } of said.slice(0, mostRelations)) {
      const from = names.get(`${ends.from_kind}: ${ends.from}`.toLowerCase());
      const to = names.get(`${ends.to_kind}: ${ends.to}`.toLowerCase());
      if (from === undefined || to === undefined || from === to || !(weight >= leastSure)) continue;
      const cited = [...new Set(evidence)].flatMap((number) => rowOf.get(number) ?? []);
      const telling = cited.filter((row) => mentions(from, row) || mentions(to, row));
      const tellsOfBoth = telling.some((row) => mentions(from, row)) && telling.some((row) => mentions(to, row));
      if (!tellsOfBoth) continue;
      const key = relationKey(list.id(from), list.id(to), type);
      const known = wanted.get(key) ?? { from, to, type, evidence: new Set() };
      for (const row of telling) known.evidence.add(row);
      wanted.set(key, known);
    }

    const evidence: GraphChange['withdrawn']['evidence'] = [];
    for (const { relationPk, from, to, type, row } of current.evidence(sessionPk, 'model')) {
      const known = wanted.get(`${from}\n${to}\n${type}`);
      if (known?.evidence.delete(row) !== true) evidence.push([relationPk, row]);
    }
    const relations = [...wanted.values()]
      .filter((relation) => relation.evidence.size > 0)
      .map((relation) => ({
        from: list.place(relation.from),
        to: list.place(relation.to),
        type: relation.type,
        evidence: [...relation.evidence],
      }));
    return { entities: list.records(), mentions: [], relations, withdrawn: { mentions: [], evidence } };
  }

  return {
    /** Null when there is nothing that could be related. */
    batch(sessionPk: number): ModelBatch | null {
      const projects = source.projects();
      const { rows } = source.session(sessionPk);
      const graph = graphOfSession(rows, projects);
      const [first] = rows;
      if (first === undefined || graph.entities.size < 2) return null;
      const counted = [...graph.entities].toSorted(
        ([one], [other]) => (graph.mentions.get(other)?.size ?? 0) - (graph.mentions.get(one)?.size ?? 0),
      );
      return {
        projectPk: first.projectPk,
        projectName: projects.get(first.projectPk)?.name ?? '',
        entries: rows.slice(-mostEntries).map((row, index) => toEntry(row, index + 1)),
        entities: counted
          .slice(0, mostEntities)
          .flatMap(([, { kind, key }]) => (kind === 'project' ? [] : `${kind}: ${key}`)),
      };
    },
    change: (request: {
      sessionPk: number;
      shown: readonly ModelEntry[];
      said: readonly ModelRelation[];
    }): GraphChange => db.snapshot(() => change(request.sessionPk, request.shown, request.said)),
  };
}

function spoken({ kind, key }: EntityName): string {
  return `${kind}: ${key}`.toLowerCase();
}

const importances: Record<string, number> = { request: 0.9, conclusion: 0.85, summary: 0.8, change: 0.6 };

function toEntry(row: GraphSource, number: number): ModelEntry {
  const parts = [
    row.failed ? `Failed: ${row.title}` : row.title,
    row.command === null ? '' : firstLine(row.command, 300),
    row.error === null ? '' : headAndTail(row.error, 400, 200),
    row.narrative === null || row.error !== null ? '' : headAndTail(row.narrative, 600, 200),
    row.files.join(' '),
  ];
  const importance = row.failed ? 0.8 : (importances[row.type] ?? 0.3);
  return { number, pk: row.pk, text: `[${number}] ${parts.filter(Boolean).join('\n')}`, importance };
}
