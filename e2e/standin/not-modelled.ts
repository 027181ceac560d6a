/** Properties that JavaScript itself asks for: `then` when awaiting, `toJSON` when serialising. */
const askedByTheLanguage: ReadonlySet<PropertyKey> = new Set(['then', 'toJSON', 'constructor']);

/**
 * A stand-in for `T`: the parts that are given have Electron's own signatures (or this does not compile);
 * reading any other part throws, so that nothing is silently undefined.
 */
export function modelled<T extends object>(name: string, parts: Partial<T>): T {
  return new Proxy<object>(parts, {
    get(target, property) {
      if (property in target || typeof property === 'symbol' || askedByTheLanguage.has(property)) {
        return Reflect.get(target, property) as unknown;
      }
      throw new Error(`The stand-in for electron does not model ${name}.${property}.`);
    },
  }) as T;
}

/** For exports that nothing uses yet. */
// oxlint-disable-next-line typescript/no-unnecessary-type-parameters -- the caller names the export's type
export function notModelled<T extends object>(name: string): T {
  return modelled<T>(name, {});
}
