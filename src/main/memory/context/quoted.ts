/** What selects another shape of the letter before it or joins emoji: it goes without leaving a gap. */
const joining = /[\p{Variation_Selector}\u200D]+/gu;
/** Controls, what orders text from right to left, tags and whatever else is not drawn, line separators: no line of facts needs them. */
const invisible = /[\p{Cc}\p{Cf}\p{Default_Ignorable_Code_Point}\p{Zl}\p{Zp}]+/gu;

/**
 * Recorded text as one line that cannot be taken for more than data: no line breaks, no invisible characters, no fences, no tags
 * (a recorded `</system-reminder>` must not end anything), well formed. At most `longest` Latin letters, or a third as many CJK
 * characters: each of those says as much as three and costs as much as four.
 */
export function asData(text: string, longest: number): string {
  // Cut first, generously: what is searched and replaced stays short, however long the text is.
  const line = text
    .slice(0, longest * 4)
    .replaceAll(joining, '')
    .replaceAll(invisible, ' ')
    .toWellFormed()
    .replaceAll('\uFFFD', ' ')
    .replaceAll(/`{2,}|~{3,}/g, "'")
    .replaceAll(/<(?=\s*[/!?\p{L}])/gu, '‹')
    .replaceAll(/\s+/g, ' ')
    .trim();
  return cut(line, longest);
}

const wide = /^[\u3400-\u9FFF\u3040-\u30FF\uAC00-\uD7AF\uFF00-\uFFEF]/;

function cut(line: string, longest: number): string {
  let weight = 0;
  let end = 0;
  for (const character of line) {
    weight += wide.test(character) ? 3 : character.length;
    // Room for the ellipsis.
    if (weight <= longest - 1) end += character.length;
    if (weight > longest) return `${line.slice(0, end).trimEnd()}…`;
  }
  return line;
}

/** The same in quotation marks, for what somebody said: it reads as a record and not as a request. */
export function quoted(text: string, longest: number): string {
  return `“${asData(text, longest).replaceAll(/[“”]/g, '"')}”`;
}

/** A file, branch, project or tool: bare when it is plainly a name, in quotation marks when it could be a sentence. */
export function named(name: string, longest: number): string {
  const bare = asData(name, longest);
  return /^[\w.@+~:#$=/\\()[\]-]+…?$/.test(bare) ? bare : quoted(name, longest);
}

/** The day in UTC: the same state gives the same bytes, wherever the worker runs. */
export function day(at: number): string {
  return new Date(at).toISOString().slice(0, 10);
}
