import type { createLikenessReader, NamedEntity } from '../../store/tables/likeness-rows.ts';
import type { GraphChange } from '../../store/tables/graph-writer.ts';
import { item, type PlannedStep } from './plan-decay.ts';
import { likeness, likenessKeys, likenessThreshold } from './name-likeness.ts';

/** A word that more errors share tells none of them apart. */
const mostSharing = 40;
/** One run ties so many; the next one goes on. */
const mostTies = 500;

export interface RelationPlan {
  steps: PlannedStep[];
  change: GraphChange;
}

/** Ties things of one kind whose names are alike, and that nobody tied before: similar ones, never any two at random. */
export function planRelations(rows: Pick<ReturnType<typeof createLikenessReader>, 'entities' | 'tied'>): RelationPlan {
  const groups = new Map<string, NamedEntity[]>();
  for (const entity of rows.entities()) {
    for (const key of likenessKeys(entity.kind, entity.key)) {
      const name = `${entity.kind}\0${entity.projectPk ?? 0}\0${key}`;
      const group = groups.get(name) ?? [];
      group.push(entity);
      groups.set(name, group);
    }
  }
  const done = new Set(rows.tied().map(([from, to]) => `${from} ${to}`));
  const plan: RelationPlan = {
    steps: [],
    change: { entities: [], mentions: [], relations: [], withdrawn: { mentions: [], evidence: [] } },
  };
  const places = new Map<number, number>();
  const place = (entity: NamedEntity) => {
    const known = places.get(entity.pk);
    if (known !== undefined) return known;
    const { id, kind, key, projectPk } = entity;
    places.set(entity.pk, places.size);
    return plan.change.entities.push({ id, kind, key, projectPk }) - 1;
  };
  for (const [one, other] of pairsIn(groups.values())) {
    if (plan.steps.length >= mostTies) break;
    const pair = `${one.pk} ${other.pk}`;
    if (done.has(pair)) continue;
    done.add(pair);
    const value = likeness(one.kind, one.key, other.key);
    if (value < likenessThreshold) continue;
    const evidence = [...new Set([one.newest, other.newest])];
    plan.change.relations.push({ from: place(one), to: place(other), type: 'related_to', evidence });
    const reason = `named alike: ${Math.round(value * 100)} %`;
    plan.steps.push({ pk: one.pk, item: item('relate', one.id, `${one.key} ~ ${other.key}`, null, reason) });
  }
  return plan;
}

function* pairsIn(groups: Iterable<readonly NamedEntity[]>): Generator<[NamedEntity, NamedEntity]> {
  for (const group of groups) {
    if (group.length > mostSharing) continue;
    for (const [index, one] of group.entries()) {
      for (const other of group.slice(index + 1)) if (one.pk !== other.pk) yield [one, other];
    }
  }
}
