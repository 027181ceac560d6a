import type { ReadableDb } from '../../store/database.ts';
import { createGraphCurrentReader } from '../../store/tables/graph-current.ts';
import { createGraphLearningReader, type LearningSource } from '../../store/tables/graph-learnings.ts';
import { createGraphSourceReader } from '../../store/tables/graph-source.ts';
import type { LearningGraphChange } from '../../store/tables/graph-writer.ts';
import { fileEntity } from './entities-of.ts';
import { createEntityList } from './entity-list.ts';
import { entity, entityKey, type EntityName } from './entity.ts';
import { namedThings } from './named-things.ts';

const mostSubjects = 8;
/** Of two that are at odds, so many of what only one of them speaks of is set against the other's. */
const mostOpposed = 3;
/** Programs whose name is a word like others: people set them against each other. */
const programs =
  /(?<![\w./-])(?:npm|pnpm|yarn|bun|deno|node|git|docker|podman|kubectl|cargo|pip|poetry|uv|pytest|vitest|jest|mocha|eslint|oxlint|prettier|oxfmt|biome|webpack|vite|rollup|esbuild|sqlite|postgres|mysql|redis|make|gradle|maven)(?![\w./-])/gi;
const paths =
  /(?<![\w/.-])((?:[\w@.-]+\/)+[\w@.-]+\.[A-Za-z]\w{0,7}|[\w@-]+\.(?:[cm]?[jt]sx?|json|ya?ml|toml|md|py|rs|go|sql|sh))(?![\w/-])/g;

/** What has to change so that the graph says what learnings speak of, and which of it is at odds. */
export function createLearningChanges(db: ReadableDb) {
  const source = createGraphLearningReader(db);
  const projects = createGraphSourceReader(db);
  const current = createGraphCurrentReader(db);

  function make(): LearningGraphChange {
    const known = projects.projects();
    const list = createEntityList((pk) => known.get(pk)?.id ?? null);
    const learnings = source.learnings();
    const subjects = new Map(
      learnings.map((learning) => [learning.pk, subjectsOf(learning, known.get(learning.projectPk ?? 0)?.root ?? '')]),
    );

    const wanted = new Map(
      [...subjects].flatMap(([pk, names]) => names.map((name) => [`${list.id(name)} ${pk}`, { name, pk }] as const)),
    );
    const withdrawn: LearningGraphChange['withdrawn'] = { mentions: [], conflicts: [] };
    for (const { entityPk, id, row } of current.learningMentions()) {
      if (!wanted.delete(`${id} ${row}`)) withdrawn.mentions.push([entityPk, row]);
    }
    const odds = new Map(
      source
        .conflicts()
        .flatMap(([one, other]) =>
          opposed(subjects.get(one) ?? [], subjects.get(other) ?? []).map(
            ([from, to]) => [`${list.id(from)} ${list.id(to)} ${one} ${other}`, { from, to, one, other }] as const,
          ),
        ),
    );
    for (const { relationPk, from, to, one, other } of current.conflicts()) {
      if (!odds.delete(`${from} ${to} ${one} ${other}`)) withdrawn.conflicts.push([relationPk, one, other]);
    }
    const mentions = [...wanted.values()].map(({ name, pk }): [number, number] => [list.place(name), pk]);
    const conflicts = [...odds.values()].map(({ from, to, ...pair }) => ({
      ...pair,
      from: list.place(from),
      to: list.place(to),
    }));
    return { entities: list.records(), mentions, conflicts, withdrawn };
  }

  return { make: (): LearningGraphChange => db.snapshot(make) };
}

/** What a learning speaks of: names out of code, programs, and files when it holds in a project. */
export function subjectsOf({ statement, detail, projectPk }: LearningSource, root: string): EntityName[] {
  const text = `${statement}\n${detail ?? ''}`;
  const files =
    projectPk === null
      ? []
      : [...text.matchAll(paths)].flatMap((match) => fileEntity(match[1] ?? '', root, projectPk) ?? []);
  const names = [...namedThings(text), ...[...statement.matchAll(programs)].map(([name]) => name.toLowerCase())];
  const concepts = names.flatMap((name) => entity('concept', name, null) ?? []);
  const found = new Map([...files, ...concepts].map((name) => [entityKey(name), name]));
  return [...found.values()].slice(0, mostSubjects);
}

/** What only the one speaks of against what only the other does: where both speak of the same, they differ about it. */
function opposed(one: readonly EntityName[], other: readonly EntityName[]): [EntityName, EntityName][] {
  const keys = [new Set(one.map(entityKey)), new Set(other.map(entityKey))];
  const [mine, theirs] = [
    one.filter((name) => keys[1]?.has(entityKey(name)) === false),
    other.filter((name) => keys[0]?.has(entityKey(name)) === false),
  ];
  return mine
    .slice(0, mostOpposed)
    .flatMap((from) => theirs.slice(0, mostOpposed).map((to): [EntityName, EntityName] => [from, to]));
}
