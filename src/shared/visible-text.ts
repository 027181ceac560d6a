/** Control and format characters, blanks other than the space, and what is drawn as nothing or nobody has defined. */
const unseen =
  /[\p{Cc}\p{Cf}\p{Co}\p{Cn}\p{Cs}\p{Zl}\p{Zp}\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0]|[\ufe00-\ufe0f]|(?! )\p{Zs}/u;
const everyUnseen = new RegExp(unseen.source, 'gu');
const names: Readonly<Record<string, string>> = { '\n': '⏎', '\t': '⇥' };

/** Whether a text holds what the eye cannot see, line breaks and tabs aside. */
export function hidesCharacters(text: string): boolean {
  return unseen.test(text.replaceAll(/[\n\t]/g, ' '));
}

/** One line in which every character can be seen: what turns the reading direction or takes no room is written as its number. */
export function visibleLine(text: string): string {
  return text.replaceAll(everyUnseen, escaped);
}

/** The same, with its lines and tabs. */
export function visibleLines(text: string): string {
  return text.replaceAll(everyUnseen, (found) => (found === '\n' || found === '\t' ? found : escaped(found)));
}

function escaped(found: string): string {
  return names[found] ?? `\\u{${(found.codePointAt(0) ?? 0).toString(16)}}`;
}
