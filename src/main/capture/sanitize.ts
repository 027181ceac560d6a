import { dropPrivate, isEnvFile, redactEnvFile, redactSecrets } from './secrets.ts';

/** A text that is longer keeps this much of its beginning and end, in UTF-16 code units. */
export const longestHead = 12_000;
export const longestTail = 4_000;
/** Read beyond the cut and thrown away after redaction, so that no half of a secret stays at the cut. */
const slack = 4_096;
/** What one event may hold in all its texts together; what comes later is cut harder. */
const wholeBudget = 96_000;
const tightHead = 400;
const tightTail = 100;
const longestList = 200;
const listTail = 20;
const deepest = 48;

/** Fields that repeat what the file itself holds, or are not text. */
const droppedKeys = new Set(['originalFile', 'base64']);

export interface Sanitized {
  value: unknown;
  /** Code units that were left out. */
  elided: number;
}

interface Walk {
  budget: number;
  elided: number;
  envFile: boolean;
}

/**
 * A copy of parsed JSON that is safe to keep: private blocks and secrets gone, large texts cut to head and tail with the
 * elided size, lone surrogates replaced. `path` is the file that the value came from, when it came from one.
 */
export function sanitize(value: unknown, path?: string): Sanitized {
  const walk: Walk = { budget: wholeBudget, elided: 0, envFile: path !== undefined && isEnvFile(path) };
  return { value: copy(value, walk, 0), elided: walk.elided };
}

/** One text with the same care. */
export function sanitizeText(text: string): string {
  return cleanText(text, { budget: wholeBudget, elided: 0, envFile: false });
}

function copy(value: unknown, walk: Walk, depth: number): unknown {
  if (typeof value === 'string') return cleanText(value, walk);
  if (typeof value !== 'object' || value === null) return value;
  if (depth >= deepest) return '[elided: nested too deeply]';
  if (Array.isArray(value)) return copyList(value, walk, depth);
  const result: Record<string, unknown> = {};
  for (const [key, inner] of Object.entries(value)) {
    if (droppedKeys.has(key)) continue;
    // A computed "__proto__" would set the prototype instead of a field.
    const name = key === '__proto__' ? 'proto' : cleanText(key, walk);
    result[name] = copy(inner, walk, depth + 1);
  }
  return result;
}

function copyList(list: unknown[], walk: Walk, depth: number): unknown[] {
  if (list.length <= longestList) return list.map((inner) => copy(inner, walk, depth + 1));
  const left = list.length - longestList;
  return [
    ...list.slice(0, longestList - listTail).map((inner) => copy(inner, walk, depth + 1)),
    `[elided: ${left} items]`,
    ...list.slice(-listTail).map((inner) => copy(inner, walk, depth + 1)),
  ];
}

function cleanText(text: string, walk: Walk): string {
  const tight = walk.budget <= 0;
  const head = tight ? tightHead : longestHead;
  const tail = tight ? tightTail : longestTail;
  if (text.length <= head + tail) {
    walk.budget -= text.length;
    return redact(text, walk.envFile);
  }
  walk.budget -= head + tail;
  // A private block may open before the cut and close after it, so it goes before the text is cut.
  const open = dropPrivate(text);
  if (open.length <= head + tail) return redact(open, walk.envFile);
  const left = open.length - head - tail;
  walk.elided += left;
  const start = redact(open.slice(0, head + slack), walk.envFile).slice(0, head);
  const end = redact(open.slice(-(tail + slack)), walk.envFile).slice(-tail);
  return `${start.toWellFormed()}\n[elided: ${left} characters]\n${end.toWellFormed()}`;
}

function redact(text: string, envFile: boolean): string {
  const open = dropPrivate(text);
  const clean = redactSecrets(envFile ? redactEnvFile(open) : open);
  return clean.isWellFormed() ? clean : clean.toWellFormed();
}
