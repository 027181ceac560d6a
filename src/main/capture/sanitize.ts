import { dropPrivate, isEnvFile, redactEnvFile, redactSecrets } from './secrets.ts';

/** A text that is longer keeps this much of its beginning and end, in UTF-16 code units. */
export const longestHead = 12_000;
export const longestTail = 4_000;
/** A text above this is cut to its ends before secrets are looked for; what lies between is thrown away in any case. */
const longestRedacted = 2_000_000;
/** What one event may hold in all its texts together; what comes later is cut harder. */
const wholeBudget = 96_000;
const tightHead = 400;
const tightTail = 100;
/** Elements of a list, or fields of an object. */
const longestList = 200;
const listTail = 20;
const deepest = 48;

/** Fields that repeat what the file itself holds, or are not text. */
const droppedKeys = new Set(['originalFile', 'base64']);

interface Walk {
  /** What is left for texts and nodes together. */
  budget: number;
  envFile: boolean;
}

/** A node costs this much of the budget, so that many small ones are bounded as one long text is. */
const nodeCost = 16;
/** Beyond this overdraft nothing is copied any more. */
const overdraft = -64_000;

/**
 * A copy of parsed JSON that is safe to keep: private blocks and secrets gone, large texts, lists and objects cut to head
 * and tail with the elided size, lone surrogates replaced. `path` is the file that the tool works on, if it is one.
 */
export function sanitize(value: unknown, path?: string): unknown {
  return copy(value, { budget: wholeBudget, envFile: path !== undefined && isEnvFile(path) }, 0);
}

/** One text with the same care. */
export function sanitizeText(text: string): string {
  return cleanText(text, { budget: wholeBudget, envFile: false });
}

function copy(value: unknown, walk: Walk, depth: number): unknown {
  walk.budget -= nodeCost;
  if (walk.budget < overdraft) return '[elided]';
  if (typeof value === 'string') return cleanText(value, walk);
  if (typeof value !== 'object' || value === null) return value;
  if (depth >= deepest) return '[elided: nested too deeply]';
  if (Array.isArray(value)) return ends(value, 'items').map((inner) => copy(inner, walk, depth + 1));
  const result: Record<string, unknown> = {};
  for (const entry of ends(Object.entries(value) as [string, unknown][], 'fields')) {
    if (typeof entry === 'string') {
      result['…'] = entry;
      continue;
    }
    const [key, inner] = entry;
    if (droppedKeys.has(key)) continue;
    // A computed "__proto__" would set the prototype instead of a field.
    result[key === '__proto__' ? 'proto' : cleanText(key, walk)] = copy(inner, walk, depth + 1);
  }
  return result;
}

/** The list, or its beginning and end with what is missing between. */
function ends<Item>(list: Item[], what: string): (Item | string)[] {
  if (list.length <= longestList) return list;
  const gap = `[elided: ${list.length - longestList} ${what}]`;
  return [...list.slice(0, longestList - listTail), gap, ...list.slice(-listTail)];
}

function cleanText(text: string, walk: Walk): string {
  const tight = walk.budget <= 0;
  const head = tight ? tightHead : longestHead;
  const tail = tight ? tightTail : longestTail;
  // Private blocks and secrets go before the text is cut, so that no half of one stays at a cut.
  const open = dropPrivate(text);
  const huge = open.length > longestRedacted;
  const start = redact(huge ? open.slice(0, longestRedacted / 2) : open, walk.envFile);
  const end = huge ? redact(open.slice(-longestRedacted / 2), walk.envFile) : start;
  walk.budget -= Math.min(start.length, head + tail);
  if (!huge && start.length <= head + tail) return start;
  const left = open.length - head - tail;
  return `${start.slice(0, head)}\n[elided: ${left} characters]\n${end.slice(-tail)}`.toWellFormed();
}

function redact(text: string, envFile: boolean): string {
  const secretless = redactSecrets(text);
  const clean = envFile ? redactEnvFile(secretless) : secretless;
  // SQLite ends some texts at a NUL, and no reader shows one.
  const printable = clean.includes('\u0000') ? clean.replaceAll('\u0000', '') : clean;
  return printable.isWellFormed() ? printable : printable.toWellFormed();
}
