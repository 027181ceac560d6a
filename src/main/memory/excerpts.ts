/** The first line with something on it, shortened to `longest` code units at a whole character. */
export function firstLine(text: string, longest = 160): string {
  const line = /\S[^\n]*/.exec(text)?.[0] ?? '';
  return shorten(line.trim(), longest);
}

export function shorten(text: string, longest: number): string {
  if (text.length <= longest) return text;
  return `${text
    .slice(0, longest - 1)
    .toWellFormed()
    .replace(/\uFFFD$/, '')
    .trimEnd()}…`;
}

/** Beginning and end of a long text, for what is searched and read; the ledger keeps more. */
export function headAndTail(text: string, head: number, tail: number): string {
  if (text.length <= head + tail) return text.trim();
  return `${text.slice(0, head)}\n…\n${text.slice(-tail)}`.toWellFormed().trim();
}
