import type { Suggestion } from '../../../shared/search-views.ts';
import { observationTypes } from '../../../shared/views.ts';
import type { ReadableDb } from '../../store/database.ts';
import { keyAliases, operatorKeys, stateNames, typeNames } from '../query/operators.ts';
import type { OperatorKey } from '../query/operators.ts';
import type { FileName } from './file-names.ts';
import type { RecentWord } from './recent-words.ts';

/** Something that can stand after a colon, or alone. */
export interface Value {
  kind: Suggestion['kind'];
  key: OperatorKey;
  label: string;
  /** As it is written after the colon, without quotes. */
  value: string;
  count: number | null;
}

/** Counting a tag's rows walks over them; of so many tags it is worth it. */
const mostTagsCounted = 40;

const times = ['today', 'yesterday', 'this week', 'last week', 'this month', 'last month', '7d'];
const chineseTimes = ['今天', '昨天', '本周', '上周', '本月', '上个月', '最近7天'];

const han = /\p{Script=Han}/u;
const begins = (name: string, typed: string) => name.toLowerCase().startsWith(typed.toLowerCase());
/** A segment of the name begins so: `api` finds `shop-api`. */
const beginsSegment = (name: string, typed: string) =>
  begins(name, typed) ||
  name
    .toLowerCase()
    .split(/[-_./\s]+/u)
    .some((segment) => begins(segment, typed));

/** Values of operators that stand in the database. */
export function createValueCompletion(
  db: ReadableDb,
  files: { find(typed: string, limit: number): FileName[]; tailOf(file: FileName): string },
  tools: () => readonly RecentWord[],
) {
  const projects = db
    .prepare<[], [string, number]>(
      `SELECT p.name, (SELECT COALESCE(SUM(s.observation_count), 0) FROM sessions s WHERE s.project_pk = p.pk)
         FROM projects p ORDER BY p.last_event_at DESC`,
    )
    .raw(true);
  const tags = db.prepare<[], [number, string]>('SELECT pk, name FROM tags').raw(true);
  const tagged = db.prepare<[number], number>('SELECT count(*) FROM observation_tags WHERE tag_pk = ?').pluck();
  const tagsNamed = (typed: string) =>
    tags
      .all()
      .filter(([, name]) => beginsSegment(name, typed))
      .slice(0, mostTagsCounted)
      .map(([pk, name]) => [name, tagged.get(pk) ?? 0] as const)
      .filter(([, count]) => count > 0)
      .toSorted((one, other) => other[1] - one[1]);
  const toValues = (kind: 'project' | 'tag', found: readonly (readonly [string, number])[]): Value[] =>
    found.map(([name, count]) => ({ kind, key: kind, label: name, value: name, count }));

  const byKey: Record<OperatorKey, (typed: string, isChinese: boolean) => Value[]> = {
    project: (typed) =>
      toValues(
        'project',
        projects.all().filter(([name]) => beginsSegment(name, typed)),
      ),
    tag: (typed) => toValues('tag', tagsNamed(typed)),
    type: typesNamed,
    tool: (typed) =>
      tools()
        .filter(({ surface }) => beginsSegment(surface, typed))
        .map(({ surface }) => ({ kind: 'tool', key: 'tool', label: surface, value: surface, count: null })),
    file: (typed) =>
      files.find(typed, 8).map((file) => {
        const value = files.tailOf(file);
        return { kind: 'file', key: 'file', label: file.path, value, count: file.count };
      }),
    is: (typed, isChinese) =>
      (['failed', 'pinned'] as const).flatMap((state) => {
        const label = isChinese ? (stateNames[state][0] ?? state) : state;
        const isMeant = begins(state, typed) || stateNames[state].some((name) => typed !== '' && begins(name, typed));
        return isMeant ? [{ kind: 'operator' as const, key: 'is' as const, label, value: label, count: null }] : [];
      }),
    session: () => [],
    not: () => [],
    since: timesNamed('since'),
    after: timesNamed('after'),
    before: timesNamed('before'),
    until: timesNamed('until'),
    on: timesNamed('on'),
  };
  return byKey;
}

function typesNamed(typed: string, isChinese: boolean): Value[] {
  return observationTypes.flatMap((type) => {
    const names = [type, ...typeNames[type]];
    if (!names.some((name) => begins(name, typed))) return [];
    const label = isChinese || han.test(typed) ? (typeNames[type][0] ?? type) : type;
    return [{ kind: 'type' as const, key: 'type' as const, label, value: label, count: null }];
  });
}

function timesNamed(key: OperatorKey) {
  return (typed: string, isChinese: boolean): Value[] =>
    (isChinese || han.test(typed) ? chineseTimes : times)
      .filter((time) => begins(time, typed))
      .map((time) => ({ kind: 'operator', key, label: time, value: time, count: null }));
}

/** Operators whose name in either language begins so, as they are to be typed. */
export function operatorsNamed(typed: string): string[] {
  return operatorKeys.flatMap((key) => {
    const names = han.test(typed) ? keyAliases[key] : [key];
    const found = names.find((name) => begins(name, typed));
    return found === undefined ? [] : [`${found}${han.test(found) ? '：' : ':'}`];
  });
}

/** With the quotes that a value with spaces or commas needs. */
export function quotedValue(value: string): string {
  return /[\s,，、"]/u.test(value) ? `"${value.replaceAll('"', '')}"` : value;
}
