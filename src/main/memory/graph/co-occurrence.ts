import type { SessionMentions } from './session-mentions.ts';
import { association, isHub, leastShared } from './weights.ts';

export interface Together {
  one: number;
  other: number;
  /** Sessions that mention both. */
  shared: number;
  weight: number;
}

/** Of everything that a thing occurs with, so many of the strongest are kept. */
const mostPartners = 16;

export interface SessionLists {
  /** Sessions of the entity at each place: `sessions[starts[place]]` up to `sessions[starts[place + 1]]`. */
  starts: Int32Array;
  sessions: Int32Array;
}

/** The sessions of each entity, by its place; -1 for an entity that has none. */
export function listSessions(
  mentions: SessionMentions,
  placeOf: (entity: number) => number,
  places: number,
): SessionLists {
  const starts = new Int32Array(places + 1);
  for (const [, entities] of mentions.entries()) {
    for (const entity of entities) {
      const place = placeOf(entity);
      if (place >= 0) starts[place + 1] = (starts[place + 1] ?? 0) + 1;
    }
  }
  for (let place = 0; place < places; place++) starts[place + 1] = (starts[place + 1] ?? 0) + (starts[place] ?? 0);
  const filled = starts.slice();
  const sessions = new Int32Array(starts[places] ?? 0);
  for (const [session, entities] of mentions.entries()) {
    for (const entity of entities) {
      const place = placeOf(entity);
      if (place < 0) continue;
      const at = filled[place] ?? 0;
      sessions[at] = session;
      filled[place] = at + 1;
    }
  }
  return { starts, sessions };
}

/**
 * What occurs together, each pair once. `isCounted` says which places take part; hubs take part with nobody.
 * A pair is kept when it is among the strongest of either side.
 */
export function findTogether(
  mentions: SessionMentions,
  lists: SessionLists,
  placeOf: (entity: number) => number,
  isCounted: (place: number) => boolean,
): Together[] {
  const { starts, sessions } = lists;
  const places = starts.length - 1;
  const all = mentions.size;
  const frequency = (place: number) => (starts[place + 1] ?? 0) - (starts[place] ?? 0);
  const takesPart = Uint8Array.from({ length: places }, (_, place) =>
    Number(isCounted(place) && frequency(place) >= leastShared && !isHub(frequency(place), all)),
  );
  // Once and not for each of their entities.
  const counted = new Map<number, Int32Array>();
  for (const [session, entities] of mentions.entries()) {
    counted.set(
      session,
      entities.map(placeOf).filter((place) => place >= 0 && takesPart[place] === 1),
    );
  }
  const shared = new Int32Array(places);
  const found = new Map<number, Together>();
  for (let place = 0; place < places; place++) {
    if (takesPart[place] === 0) continue;
    const touched: number[] = [];
    for (let at = starts[place] ?? 0; at < (starts[place + 1] ?? 0); at++) {
      for (const other of counted.get(sessions[at] ?? 0) ?? []) {
        if (shared[other] === 0) touched.push(other);
        shared[other] = (shared[other] ?? 0) + 1;
      }
    }
    const partners: Together[] = [];
    for (const other of touched) {
      const count = shared[other] ?? 0;
      shared[other] = 0;
      if (other === place || count < leastShared) continue;
      const weight = association(frequency(place), frequency(other), count, all);
      const [one, last] = [Math.min(place, other), Math.max(place, other)];
      if (weight > 0) partners.push({ one, other: last, shared: count, weight });
    }
    partners.sort((a, b) => b.weight - a.weight || a.one - b.one || a.other - b.other);
    for (const pair of partners.slice(0, mostPartners)) found.set(pair.one * places + pair.other, pair);
  }
  return [...found.values()];
}
