/** Share of what is kept that the beginning gets; the end of an answer is where it says what is left to do. */
const headShare = 0.7;

/** A long text's beginning and end, in whole lines or sentences; what cannot be kept whole is left out. */
export function boundedText(text: string, longest: number): string {
  if (text.length <= longest) return text.toWellFormed();
  const head = untilEnd(text.slice(0, Math.floor(longest * headShare)));
  const tail = fromStart(text.slice(text.length - Math.floor(longest * (1 - headShare))));
  return `${head}\n\n${tail}`.toWellFormed().trim();
}

function untilEnd(text: string): string {
  const at = Math.max(
    text.lastIndexOf('\n'),
    ...['. ', '! ', '? ', '。', '！', '？'].map((mark) => text.lastIndexOf(mark)),
  );
  return at < 0 ? '' : text.slice(0, at + 1);
}

function fromStart(text: string): string {
  const at = /\n|[.!?]\s|[。！？]/.exec(text);
  return at === null ? '' : text.slice(at.index + at[0].length);
}
