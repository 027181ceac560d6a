/** What the writer remembers beside the file, and takes back when the file does. */
export interface RevertibleMap<Key, Value> extends Pick<Map<Key, Value>, 'get' | 'has' | 'delete' | 'size' | 'keys'> {
  set(key: Key, value: Value): void;
  /** What changed holds from now on. */
  commit(): void;
  /** Takes back what changed since the last commit. */
  reset(): void;
}

/** A batch that is spoiled is tried again task by task, and must find what the first try found. */
export function createRevertibleMap<Key, Value>(): RevertibleMap<Key, Value> {
  const values = new Map<Key, Value>();
  /** As they were at the last commit; undefined for what was not there. */
  const before = new Map<Key, Value | undefined>();

  function remember(key: Key): void {
    if (!before.has(key)) before.set(key, values.get(key));
  }

  return {
    get: (key) => values.get(key),
    has: (key) => values.has(key),
    keys: () => values.keys(),
    get size() {
      return values.size;
    },
    set(key, value) {
      remember(key);
      values.set(key, value);
    },
    delete(key) {
      if (!values.has(key)) return false;
      remember(key);
      return values.delete(key);
    },
    commit: () => before.clear(),
    reset() {
      for (const [key, value] of before) {
        if (value === undefined) values.delete(key);
        else values.set(key, value);
      }
      before.clear();
    },
  };
}
