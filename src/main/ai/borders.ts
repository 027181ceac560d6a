/** What begins or ends a part of a prompt. */
const borders = /<(\/?\s*(?:material|known|entities|earlier_answer)\b[^>]*)>/gi;

/** A text that closes its own part of a prompt could go on as if it were the instructions: its borders become other signs. */
export function withinBorders(text: string): string {
  return text.replaceAll(borders, '‹$1›');
}
