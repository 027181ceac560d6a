/**
 * The JSON value in what a model said: the whole text, else what a code fence holds, else the longest object or list that can be
 * read. Undefined when there is none; the text is only ever parsed, never run.
 */
export function extractJson(text: string): unknown {
  const trimmed = text.trim();
  const whole = parsed(trimmed);
  if (whole !== undefined) return whole;
  for (const [, fenced = ''] of trimmed.matchAll(/```[\w-]*\s*\n([\s\S]*?)\n?\s*```/g)) {
    const value = parsed(fenced.trim());
    if (isStructure(value)) return value;
  }
  return longestStructure(trimmed);
}

/** More beginnings than this are not tried: a text of brackets alone would take the square of its length. */
const mostBeginnings = 200;

function longestStructure(text: string): unknown {
  let best: { value: unknown; length: number } | undefined;
  let tried = 0;
  for (let start = nextOpening(text, 0); start !== -1 && tried < mostBeginnings; tried++) {
    const end = closingOf(text, start);
    const value = end === -1 ? undefined : parsed(text.slice(start, end + 1));
    if (value !== undefined && end - start > (best?.length ?? 0)) best = { value, length: end - start };
    start = nextOpening(text, value === undefined ? start + 1 : end + 1);
  }
  return best?.value;
}

function nextOpening(text: string, from: number): number {
  const found = text.slice(from).search(/[[{]/);
  return found === -1 ? -1 : from + found;
}

/** Where the bracket at `start` is closed, brackets in strings left out of account; -1 when it is not. */
function closingOf(text: string, start: number): number {
  let depth = 0;
  let inString = false;
  for (let at = start; at < text.length; at++) {
    const character = text[at];
    if (inString) {
      if (character === '\\') at += 1;
      else if (character === '"') inString = false;
    } else if (character === '"') inString = true;
    else if (character === '{' || character === '[') depth += 1;
    else if (character === '}' || character === ']') {
      depth -= 1;
      if (depth === 0) return at;
    }
  }
  return -1;
}

function parsed(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text);
    return value;
  } catch {
    return undefined;
  }
}

function isStructure(value: unknown): boolean {
  return typeof value === 'object' && value !== null;
}
