import { z } from 'zod';

/** JSON that belongs to whoever sent it and comes back as it was; nobody looks into it here. */
export type Metadata = Record<string, unknown>;

const mostEntries = 50;
const mostLevels = 8;
/** Of the whole, as JSON. */
const mostCharacters = 16_000;

/** Names with JSON values of any kind, within bounds. */
export const metadata = z
  .record(
    z.string().min(1, { error: 'A name has at least one character.' }).max(100, {
      error: 'A name has at most 100 characters.',
    }),
    z.unknown(),
  )
  .check(({ value, issues }) => {
    const say = (message: string, path: PropertyKey[] = []) =>
      issues.push({ code: 'custom', message, path, input: value });
    if (Object.keys(value).length > mostEntries) say(`At most ${mostEntries} entries.`);
    const faults = Object.entries(value).flatMap(([name, inner]) => faultIn(inner, [name], 1) ?? []);
    for (const { message, path } of faults) say(message, path);
    if (faults.length === 0 && JSON.stringify(value).length > mostCharacters) {
      say(`All of it is at most ${mostCharacters} characters of JSON.`);
    }
  });

const notJson = 'Give JSON: text, numbers, true, false, null, lists and objects of them.';

interface Fault {
  message: string;
  path: PropertyKey[];
}

/** The first thing in a value that is no JSON, or lies too deep. */
function faultIn(value: unknown, path: PropertyKey[], level: number): Fault | null {
  if (value === null || typeof value === 'string' || typeof value === 'boolean' || Number.isFinite(value)) return null;
  if (!isPlain(value)) return { message: notJson, path };
  if (level === mostLevels) return { message: `At most ${mostLevels} levels deep.`, path };
  for (const [name, inner] of Array.isArray(value) ? value.entries() : Object.entries(value)) {
    const fault = faultIn(inner, [...path, name], level + 1);
    if (fault !== null) return fault;
  }
  return null;
}

/** Other doors than HTTP bring dates and maps, too. */
function isPlain(value: unknown): value is object {
  if (typeof value !== 'object' || value === null) return false;
  if (Array.isArray(value)) return true;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}
