import type { FacetValue, SearchFacets } from '../../shared/search-views.ts';
import { observationTypes } from '../../shared/views.ts';
import type { ReadableDb } from '../store/database.ts';
import { dayText } from './local-days.ts';
import type { ObservationTable } from './observation-table.ts';

const mostValues = 50;
const mostDays = 60;

export interface FacetCounter {
  /** Counts all rows that matched, not only those that are shown. */
  count(pks: Int32Array): SearchFacets;
}

export function createFacetCounter(db: ReadableDb, table: ObservationTable): FacetCounter {
  const project = db.prepare<[number], { id: string; name: string }>('SELECT id, name FROM projects WHERE pk = ?');

  function toolNames(): Map<number, string> {
    return new Map(Array.from(table.toolNumbers(), ([name, number]) => [number, name]));
  }

  return {
    count(pks) {
      const { type, tool, project: projectOf, day } = table.rows;
      const names = toolNames();
      const types = new Int32Array(256);
      const tools = new Int32Array(names.size + 1);
      let projects = new Int32Array(64);
      const days = new Map<number, number>();
      let lastDay = 0;
      let ofLastDay = 0;
      for (let place = 0; place < pks.length; place++) {
        const pk = pks[place] ?? 0;
        const kind = type[pk] ?? 0;
        types[kind] = (types[kind] ?? 0) + 1;
        const number = tool[pk] ?? 0;
        tools[number] = (tools[number] ?? 0) + 1;
        const owner = projectOf[pk] ?? 0;
        if (owner >= projects.length) projects = lengthened(projects, 2 * owner);
        projects[owner] = (projects[owner] ?? 0) + 1;
        const date = day[pk] ?? 0;
        // Rows come in runs of one day, the newest first.
        if (date === lastDay) {
          ofLastDay++;
          continue;
        }
        if (ofLastDay > 0) days.set(lastDay, (days.get(lastDay) ?? 0) + ofLastDay);
        lastDay = date;
        ofLastDay = 1;
      }
      if (ofLastDay > 0) days.set(lastDay, (days.get(lastDay) ?? 0) + ofLastDay);
      return {
        types: byCount(observationTypes.map((name, number) => value(name, name, types[number] ?? 0))),
        tools: byCount(Array.from(names, ([number, name]) => value(name, name, tools[number] ?? 0))),
        projects: byCount(
          Array.from(projects, (count, pk) => {
            const known = count === 0 ? undefined : project.get(pk);
            return value(known?.id ?? '', known?.name ?? '', known === undefined ? 0 : count);
          }),
        ),
        days: Array.from(days)
          .toSorted(([one], [other]) => other - one)
          .slice(0, mostDays)
          .map(([number, count]) => value(dayText(number), dayText(number), count)),
      };
    },
  };
}

function lengthened(counts: Int32Array, length: number): Int32Array<ArrayBuffer> {
  const longer = new Int32Array(length);
  longer.set(counts);
  return longer;
}

function value(name: string, label: string, count: number): FacetValue {
  return { value: name, label, count };
}

function byCount(values: readonly FacetValue[]): FacetValue[] {
  return values
    .filter(({ count }) => count > 0)
    .toSorted((one, other) => other.count - one.count || (one.label < other.label ? -1 : 1))
    .slice(0, mostValues);
}
