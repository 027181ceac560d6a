import type { RestRoute } from '../../api/operation.ts';

/** Where something that was made can be read. */
export interface MadeAt {
  /** Below /api/v1, up to the id. */
  folder: string;
  /** Names that lead to the id in the answer. */
  id: readonly string[];
}

/** Null for an operation that makes nothing, or nothing that one of the `readings`, by path, gives by its id. */
export function madeAt({ path, status, made }: RestRoute, readings: ReadonlyMap<string, unknown>): MadeAt | null {
  if (status !== 201) return null;
  for (const known of readings.keys()) {
    const [, folder, parameter] = /^([^{]*)\/\{(\w+)\}$/.exec(known) ?? [];
    if (folder === undefined || parameter === undefined) continue;
    if (made === undefined ? folder === path : known === made.path) {
      return { folder, id: (made?.id ?? parameter).split('.') };
    }
  }
  return null;
}

/** The `Location` (RFC 9110, 10.2.2) of what an answer is about; null when it names nothing. */
export function locationOf({ folder, id }: MadeAt, answer: unknown): string | null {
  const found = id.reduce<unknown>((value, name) => Reflect.get(Object(value), name), answer);
  return typeof found === 'string' ? `/api/v1${folder}/${encodeURIComponent(found)}` : null;
}
