/** Stands for each character of what was quoted; no rule looks for it. */
const mask = '\u0001';

const blocks: readonly RegExp[] = [
  // Fences, closed or not.
  /^[ \t]*(`{3,}|~{3,})[^]*?(?:^[ \t]*\1[^\n]*$|(?![^]))/gm,
  // What a client or a person pasted between tags.
  /<([a-z][\w-]*)\b[^>\n]*>[^]*?<\/\1>/gi,
  // Quoted lines, as in a mail.
  /^[ \t]*>.*$/gm,
  // Lines of a log, a stack, a diff or a prompt of a shell.
  /^[ \t]*(?:\d{4}-\d\d-\d\d[T ]|\[?\d\d:\d\d:\d\d|at \S+ \(|File "|[+-]{3} |@@ |[$%] \w|(?:ERROR|WARN|INFO|DEBUG)\b[: [])[^\n]*$/gm,
  // Indented code after an empty line.
  /(?<=\n[ \t]*\n)(?:(?: {4}|\t)[^\n]*(?:\n|$))+/g,
];
const quotes: readonly RegExp[] = [
  /`[^`\n]+`/g,
  /"[^"\n]*"/g,
  /“[^”\n]*”/g,
  /「[^」\n]*」/g,
  /『[^』\n]*』/g,
  /‘[^’\n]*’/g,
  /(?<=^|[\s(:：])'[^'\n]*'(?=$|[\s).,:;!?])/gm,
];

/**
 * The text with everything that is not the writer's own words masked, character for character, so that a place in the one is
 * the same place in the other: code, quotations, pasted output. Blocks are masked by line breaks, quotations in place.
 */
export function maskForeign(text: string): string {
  let masked = text;
  for (const pattern of blocks) masked = masked.replace(pattern, (found) => found.replaceAll(/[^\n]/g, '\n'));
  for (const pattern of quotes) masked = masked.replace(pattern, (found) => mask.repeat(found.length));
  return masked;
}

export interface Sentence {
  /** As it was written. */
  text: string;
  /** The same with quotations masked. */
  masked: string;
  isQuestion: boolean;
}

/** Ends of sentences: Chinese ones anywhere, Latin ones before a space, so that `v1.2` and `a.ts` stay whole. */
const end = /[。！？；]+|[!?;]+(?=\s|$)|(?<!\b(?:e\.g|i\.e|etc|vs|cf|no))\.+(?=\s|$)|\n+/giu;
const marker = /^\s*(?:[-*+•]|\d{1,2}[.)、]|[（(]\d{1,2}[)）]|#{1,6})\s+/;

/** The writer's own sentences, in order, without list marks. */
export function ownSentences(text: string): Sentence[] {
  const masked = maskForeign(text);
  const sentences: Sentence[] = [];
  let from = 0;
  const take = (to: number, ending: string) => {
    const whole = masked.slice(from, to);
    const lead = (marker.exec(whole)?.[0] ?? /^\s*/.exec(whole)?.[0] ?? '').length;
    const length = whole.trimEnd().length;
    if (length > lead) {
      sentences.push({
        text: text.slice(from + lead, from + length),
        masked: whole.slice(lead, length),
        isQuestion: /[?？]/.test(ending),
      });
    }
  };
  for (const found of masked.matchAll(end)) {
    take(found.index, found[0]);
    from = found.index + found[0].length;
  }
  take(masked.length, '');
  return sentences;
}
