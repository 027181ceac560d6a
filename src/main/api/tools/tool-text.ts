/** How answers are kept short: a model pays for every character. */

/** The beginning of a text, with an ellipsis when something is missing; never half of a character. */
export function cut(text: string, most: number): string {
  const well = text.toWellFormed();
  if (well.length <= most) return well;
  let end = Math.max(0, most - 1);
  // The first half of a pair at the end would be no character.
  if (/[\uD800-\uDBFF]/.test(well.charAt(end - 1))) end -= 1;
  return `${well.slice(0, end).trimEnd()}…`;
}

/** The same on one line. */
export function oneLine(text: string, most: number): string {
  return cut(text.replaceAll(/\s+/g, ' ').trim(), most);
}

/** `2026-11-20 14:03`, in UTC. */
export function minuteOf(isoTime: string): string {
  return isoTime.slice(0, 16).replace('T', ' ');
}

/** As many from the beginning as fit, at least one. */
export function fitting<T>(items: readonly T[], sizeOf: (item: T) => number, most: number): T[] {
  let size = 0;
  const taken: T[] = [];
  for (const item of items) {
    size += sizeOf(item);
    if (size > most && taken.length > 0) break;
    taken.push(item);
  }
  return taken;
}

/** Largest answer of a tool that was not asked for more, as text and as JSON. */
export const usualSize = 8_000;

/** Size of a value as it is sent. */
export function jsonSize(value: unknown): number {
  return JSON.stringify(value)?.length ?? 0;
}
