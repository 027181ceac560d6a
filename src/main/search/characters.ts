/** What a UTF-16 code unit is to the term pipeline. */
export const separator = 0;
export const lower = 1;
export const upper = 2;
export const digit = 3;
/** Written without spaces between words: Han, kana, hangul, Thai, Lao, Khmer, Burmese. */
export const dense = 4;
/** Holds the parts of an identifier together when a word character stands on both sides: `_ - . '` */
export const joiner = 5;
const surrogate = 6;

const denseScript =
  /[\p{scx=Han}\p{scx=Hira}\p{scx=Kana}\p{scx=Hang}\p{scx=Thai}\p{scx=Laoo}\p{scx=Khmr}\p{scx=Mymr}]/u;
const letterOrMark = /[\p{L}\p{M}]/u;

function classify(character: string): number {
  if (/\p{Nd}/u.test(character)) return digit;
  if (!letterOrMark.test(character)) return separator;
  if (denseScript.test(character)) return dense;
  return /\p{Lu}/u.test(character) ? upper : lower;
}

function buildTable(): Uint8Array {
  const table = new Uint8Array(0x1_0000);
  for (let code = 0; code < table.length; code++) {
    if (code >= 0x4e00 && code <= 0x9fff) table[code] = dense;
    else if (code >= 0xac00 && code <= 0xd7a3) table[code] = dense;
    else if (code >= 0xd800 && code <= 0xdfff) table[code] = surrogate;
    else if (code < 0xe000 || code >= 0xf900) table[code] = classify(String.fromCharCode(code));
  }
  for (const character of "_-.'\u2019") table[character.charCodeAt(0)] = joiner;
  return table;
}

const table = buildTable();

/** The class of the character at `index`; lone surrogates are separators, so that no ill-formed text becomes a term. */
export function classAt(text: string, index: number): number {
  const unit = table[text.charCodeAt(index)] ?? separator;
  if (unit !== surrogate) return unit;
  const point = text.codePointAt(index) ?? 0;
  if (point < 0x1_0000) return separator;
  return classify(String.fromCodePoint(point));
}

/** Length of the character at `index` in UTF-16 code units. */
export function widthAt(text: string, index: number): number {
  const unit = text.charCodeAt(index);
  if (unit < 0xd800 || unit > 0xdbff) return 1;
  const next = text.charCodeAt(index + 1);
  return next >= 0xdc00 && next <= 0xdfff ? 2 : 1;
}
