import type { EntityRecord, GraphChange, LearningGraphChange } from '../../store/tables/graph-writer.ts';

/** One commit writes so many rows, 14 µs each and three times that from a cold file: an event that waits for it does not notice. */
const rowsAtOnce = 150;

/** The change in pieces that are written one after the other; one, and maybe empty, at least. What is mentioned comes first. */
export function slicesOf(change: GraphChange, most = rowsAtOnce): GraphChange[] {
  const none = (): GraphChange => ({
    entities: [],
    mentions: [],
    relations: [],
    withdrawn: { mentions: [], evidence: [] },
  });
  const slicer = createSlicer(change.entities, none, most);
  for (const [entity, row] of change.mentions) slicer.open(1).mentions.push([slicer.place(entity), row]);
  for (const { from, to, type, evidence } of change.relations) {
    for (let start = 0; start < evidence.length; start += most) {
      const part = evidence.slice(start, start + most);
      const { relations } = slicer.open(part.length);
      relations.push({ from: slicer.place(from), to: slicer.place(to), type, evidence: part });
    }
  }
  for (const pair of change.withdrawn.evidence) slicer.open(1).withdrawn.evidence.push(pair);
  for (const pair of change.withdrawn.mentions) slicer.open(1).withdrawn.mentions.push(pair);
  return slicer.slices();
}

/** The same of what learnings say. */
export function learningSlicesOf(change: LearningGraphChange, most = rowsAtOnce): LearningGraphChange[] {
  const none = (): LearningGraphChange => ({
    entities: [],
    mentions: [],
    conflicts: [],
    withdrawn: { mentions: [], conflicts: [] },
  });
  const slicer = createSlicer(change.entities, none, most);
  for (const [entity, learning] of change.mentions) slicer.open(1).mentions.push([slicer.place(entity), learning]);
  for (const conflict of change.conflicts) {
    const { conflicts } = slicer.open(1);
    conflicts.push({ ...conflict, from: slicer.place(conflict.from), to: slicer.place(conflict.to) });
  }
  for (const row of change.withdrawn.conflicts) slicer.open(1).withdrawn.conflicts.push(row);
  for (const pair of change.withdrawn.mentions) slicer.open(1).withdrawn.mentions.push(pair);
  return slicer.slices();
}

function createSlicer<Slice extends { entities: EntityRecord[] }>(
  entities: readonly EntityRecord[],
  none: () => Slice,
  most: number,
) {
  let slice = none();
  const slices = [slice];
  let places = new Map<number, number>();
  let rows = 0;
  return {
    slices: () => slices,
    /** The slice that has room for so many rows more; what they speak of is placed in it next. */
    open(wanted: number): Slice {
      if (rows > 0 && rows + wanted > most) {
        slice = none();
        slices.push(slice);
        places = new Map();
        rows = 0;
      }
      rows += wanted;
      return slice;
    },
    /** Where the open slice has the entity that the whole has at this place. */
    place(whole: number): number {
      const known = places.get(whole);
      const record = entities[whole];
      if (known !== undefined || record === undefined) return known ?? -1;
      places.set(whole, slice.entities.length);
      return slice.entities.push(record) - 1;
    },
  };
}
