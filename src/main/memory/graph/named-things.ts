const mostNames = 8;
const longestLooked = 6_000;
const [shortest, longest] = [3, 60];

/**
 * Names out of code, as people and agents write them into prose: in backticks, with an underscore, a hump or in capitals.
 * A single English word, even in backticks, is none: it would tie everything to everything.
 */
const patterns = [
  /`([A-Za-z_$][\w$.:-]*)(?:\(\))?`/g,
  /(?<![\w/.$-])([A-Za-z][A-Za-z0-9]*(?:_[A-Za-z0-9]+)+)(?![\w/-])/g,
  /(?<![\w/.$-])((?:[A-Z]{2,}|[A-Z][a-z0-9]+|[a-z][a-z0-9]*)(?:[A-Z]{2,}|[A-Z][a-z0-9]+)+)(?![\w/-])/g,
  /(?<![\w/.$-])([A-Z]{3,}[0-9]*)(?![\w/-])/g,
];
/** What is in capitals and still says nothing. */
const shouted = new Set(
  'THE AND NOT BUT FOR ALL NEVER ALWAYS MUST SHOULD TODO FIXME NOTE YES NOW NEW OLD ANY SEE USE HAS WAS ARE YOU CAN DON PLEASE DONE WARNING IMPORTANT ERROR REDACTED'.split(
    ' ',
  ),
);

/** The technical names in a text, in the order of their first place, each once. */
export function namedThings(text: string): string[] {
  const looked = text.slice(0, longestLooked).replaceAll(/\[REDACTED:[^\]]*\]|https?:\/\/\S+/g, ' ');
  const found = patterns.flatMap((pattern) =>
    [...looked.matchAll(pattern)].map((match) => ({ name: (match[1] ?? '').replace(/[.:-]+$/, ''), at: match.index })),
  );
  const names = found
    .filter(({ name }) => isName(name))
    .toSorted((one, other) => one.at - other.at)
    .map(({ name }) => name);
  return [...new Set(names)].slice(0, mostNames);
}

function isName(name: string): boolean {
  if (name.length < shortest || name.length > longest || shouted.has(name)) return false;
  // A file is an entity of another kind, a word in backticks is a word.
  if (/\.[a-z]{1,4}$/.test(name) && !name.includes('::')) return false;
  return /[_.:$]|[a-z][A-Z]|[A-Z]{2}/.test(name);
}
