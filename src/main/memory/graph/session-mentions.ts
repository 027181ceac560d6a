/** The entities that each session mentions, for counting what occurs together. */
export interface SessionMentions {
  /** Takes the place of what was known of the session. Of more than `mostOfSession` the most mentioned count. */
  put(session: number, mentions: readonly (readonly [entity: number, count: number])[]): void;
  clear(): void;
  entries(): IterableIterator<[session: number, entities: Int32Array]>;
  of(session: number): Int32Array | undefined;
  readonly size: number;
}

/** A session that mentions more is long, and its rare mentions have little to do with each other. */
const mostOfSession = 96;

export function createSessionMentions(): SessionMentions {
  const sessions = new Map<number, Int32Array>();
  return {
    put(session, mentions) {
      const counted =
        mentions.length <= mostOfSession
          ? mentions
          : mentions.toSorted((one, other) => other[1] - one[1] || one[0] - other[0]).slice(0, mostOfSession);
      sessions.set(session, Int32Array.from(counted, ([entity]) => entity).toSorted());
    },
    clear: () => sessions.clear(),
    entries: () => sessions.entries(),
    of: (session) => sessions.get(session),
    get size() {
      return sessions.size;
    },
  };
}
