import type { RelationType } from '../../../shared/graph-views.ts';
import type { GraphSource } from '../../store/tables/graph-source.ts';
import { onlyLooks } from './command-name.ts';
import { entitiesOf, folderOf, type Mentioned } from './entities-of.ts';
import { entityKey, type EntityName } from './entity.ts';

export interface WantedRelation {
  from: EntityName;
  to: EntityName;
  type: RelationType;
  /** Observations that it rests on. */
  evidence: Set<number>;
}

/** What one session says, by rules alone; nothing in it depends on another session. */
export interface SessionGraph {
  /** By `entityKey`. */
  entities: Map<string, EntityName>;
  /** Observations that mention each entity, by its key. */
  mentions: Map<string, Set<number>>;
  relations: Map<string, WantedRelation>;
}

export function relationKey(from: string, to: string, type: RelationType): string {
  return `${from}\n${to}\n${type}`;
}

/** A mend has to come within so many rows of the failure; what comes later belongs to something else. */
const longestMend = 60;
/** A change that touches more files at once names none of them as the mend. */
const mostMenders = 8;

interface Failure {
  error: EntityName;
  /** What has to pass, by its command or by what it is said to do. */
  trial: Trial;
  row: number;
  /** Its place in the session. */
  at: number;
  menders: { entity: EntityName; row: number; isFile: boolean }[];
}

/** The graph of a session's observations, oldest first. */
export function graphOfSession(
  rows: readonly GraphSource[],
  projects: ReadonlyMap<number, { id: string; root: string }>,
): SessionGraph {
  const graph: SessionGraph = { entities: new Map(), mentions: new Map(), relations: new Map() };
  /** Failures that nothing has mended yet. */
  let open: Failure[] = [];

  function mention(name: EntityName | null, row: number): void {
    if (name === null) return;
    const key = entityKey(name);
    if (!graph.entities.has(key)) graph.entities.set(key, name);
    const rowsOf = graph.mentions.get(key) ?? new Set();
    graph.mentions.set(key, rowsOf.add(row));
  }

  function relate(
    from: EntityName | null,
    type: RelationType,
    to: EntityName | null,
    evidence: readonly number[],
  ): void {
    if (from === null || to === null) return;
    const [start, end] = [entityKey(from), entityKey(to)];
    if (start === end) return;
    const key = relationKey(start, end, type);
    const known = graph.relations.get(key) ?? { from, to, type, evidence: new Set() };
    for (const row of evidence) known.evidence.add(row);
    graph.relations.set(key, known);
  }

  for (const [at, row] of rows.entries()) {
    const found = entitiesOf(row, projects.get(row.projectPk) ?? { id: '', root: '' });
    takeMentions(found, row.pk);
    takeStructure(found, row.pk);
    takeFailure(found, row, at);
  }

  function takeMentions(found: Mentioned, row: number): void {
    for (const name of [found.project, found.tool, found.error, ...found.files, ...found.concepts]) mention(name, row);
    for (const { command } of found.commands) mention(command, row);
  }

  function takeStructure(found: Mentioned, row: number): void {
    for (const file of found.files) {
      const folder = folderOf(file);
      mention(folder, row);
      if (file.projectPk === null) continue;
      relate(file, 'part_of', folder ?? found.project, [row]);
      if (folder !== null) relate(folder, 'part_of', found.project, [row]);
    }
    relate(found.project, 'uses', found.tool, [row]);
    for (const { command, files } of found.commands) {
      relate(found.project, 'uses', command, [row]);
      for (const file of files) relate(command, 'uses', file, [row]);
    }
  }

  function takeFailure(found: Mentioned, row: GraphSource, at: number): void {
    const ran = found.commands.at(-1)?.command ?? null;
    const doer = ran ?? found.tool;
    if (found.error !== null) relate(doer, 'causes', found.error, [row.pk]);
    for (const concept of found.namedByError) relate(found.error, 'related_to', concept, [row.pk]);
    const trial = ran === null ? null : trialOf(ran, row);
    const known = trial === null ? undefined : open.find((failure) => isSameTrial(failure.trial, trial));
    if (row.failed) {
      if (trial === null || found.error === null) return;
      // The same failure again: what was done before did not mend it, but may be half of what does.
      if (known?.error.key === found.error.key) return;
      open = open.filter((failure) => failure !== known);
      open.push({ error: found.error, trial, row: row.pk, at, menders: [] });
      return;
    }
    if (known !== undefined) {
      open = open.filter((failure) => failure !== known);
      solve(known, row.pk, at);
    }
    const menders = mendersOf(found);
    if (menders.length > mostMenders) return;
    for (const failure of open) failure.menders.push(...menders.map((mender) => ({ ...mender, row: row.pk })));
  }

  function solve(failure: Failure, passed: number, at: number): void {
    if (at - failure.at > longestMend) return;
    const files = failure.menders.filter((mender) => mender.isFile);
    // An installation may mend it when no file was changed.
    for (const { entity, row } of files.length > 0 ? files : failure.menders) {
      relate(entity, 'solves', failure.error, [row, failure.row, passed]);
    }
  }

  return graph;
}

function mendersOf(found: Mentioned): { entity: EntityName; isFile: boolean }[] {
  const files = found.changed.map((entity) => ({ entity, isFile: true }));
  const commands = found.commands
    .filter(({ line }) => !onlyLooks(line.name))
    .map(({ command }) => ({ entity: command, isFile: false }));
  return [...files, ...commands];
}

interface Trial {
  command: string;
  /** What the agent says that it does, without the words that tell one time from the next; null when it says nothing. */
  purpose: string | null;
}

function trialOf(command: EntityName, row: GraphSource): Trial {
  const isDescribed = row.command !== null && !row.command.trimStart().startsWith(row.title.replace(/…$/, ''));
  const purpose = row.title
    .toLowerCase()
    .replaceAll(
      /\b(?:again|re-?run|re-?try|once more|run|execute|now|verify|check|the|that|with|after|fix)\b|再次|重新|再|运行|执行|一次|一遍/g,
      ' ',
    )
    .replaceAll(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
  return { command: entityKey(command), purpose: isDescribed && purpose.length >= 3 ? purpose : null };
}

function isSameTrial(one: Trial, other: Trial): boolean {
  return one.command === other.command || (one.purpose !== null && one.purpose === other.purpose);
}
