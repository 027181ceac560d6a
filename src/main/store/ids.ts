import { v7 } from 'uuid';

/** A UUIDv7 whose time part is `at` (milliseconds since 1970), so that ids sort as things happened. */
export function newId(at: number): string {
  return v7({ msecs: Math.max(0, Math.trunc(at)) });
}
