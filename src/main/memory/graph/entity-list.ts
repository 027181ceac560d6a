import type { EntityRecord } from '../../store/tables/graph-writer.ts';
import { entityId, entityKey, type EntityName } from './entity.ts';

/** Gives each entity that a change speaks of a place in one list. `projectId` knows projects by their pk. */
export function createEntityList(projectId: (projectPk: number) => string | null) {
  const places = new Map<string, number>();
  const records: EntityRecord[] = [];
  const id = (name: EntityName) => entityId(name, name.projectPk === null ? null : projectId(name.projectPk));
  return {
    id,
    place(name: EntityName): number {
      const key = entityKey(name);
      const known = places.get(key);
      if (known !== undefined) return known;
      places.set(key, records.length);
      records.push({ ...name, id: id(name) });
      return records.length - 1;
    },
    records: (): EntityRecord[] => records,
  };
}
