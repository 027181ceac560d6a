import { isGenericWord } from './statement-words.ts';
import { readStatement, type Statement, type Stem, type Value } from './statement.ts';

export interface Relation {
  kind: 'duplicate' | 'contradiction' | 'different';
  /** 0 to 1; how much they are about the same. */
  similarity: number;
  /** What they differ in; null unless they contradict each other. */
  reason: 'polarity' | 'choice' | 'value' | 'alternative' | 'fact' | null;
}

/** The vector of a text: a unit vector, or zeros when it says nothing. */
export type Embed = (text: string) => Float32Array;

export interface ReadStatement {
  statement: Statement;
  /** Of its subject; null where no model is at hand. */
  vector: Float32Array | null;
  /** The words that say what it is about, each with its vector. */
  matters: readonly { word: string; vector: Float32Array | null }[];
}

/** Fitted on the first half of bench/learnings; see docs/decisions/014-learnings.md. */
const thresholds = {
  /** Duplicates reach it with words and meaning together, and with words alone. */
  duplicate: 0.6,
  duplicateByWords: 0.62,
  /** What is said to be the opposite has to be about the same thing at least so much. */
  opposite: 0.5,
  oppositeByWords: 0.45,
  alternative: 0.42,
  value: 0.45,
  purpose: 0.6,
  /** Two words are the same for this purpose. */
  sameWord: 0.65,
  /** Of the words that say what is to be done, so many are shared. */
  done: 0.3,
  doneWhenOpposed: 0.4,
};
const mostVectors = 20_000;
const weightOfMeaning = 0.55;
/** The same figure in both. */
const agreementOfValues = 0.12;

export function createComparer({ stem, embed }: { stem: Stem; embed: Embed | null }) {
  const vectors = new Map<string, Float32Array>();

  function vectorOf(word: string): Float32Array | null {
    if (embed === null) return null;
    const vector = vectors.get(word) ?? embed(word);
    if (vectors.size >= mostVectors) vectors.clear();
    vectors.set(word, vector);
    return vector;
  }

  const read = (text: string): ReadStatement => {
    const statement = readStatement(text, stem);
    const about = statement.words.filter((word) => !isGenericWord(word) && !statement.choices.includes(word));
    return {
      statement,
      vector: embed === null ? null : embed(statement.subject),
      matters: about.map((word) => ({ word, vector: vectorOf(statement.spelled.get(word) ?? word) })),
    };
  };
  return { read, compare };
}

function areAboutDifferent(a: ReadStatement, b: ReadStatement): boolean {
  return mattersClash(a, b) || isSubstitution(a, b);
}

/** The same words but for one place, where each has its own: "log files" in the one, "event payloads" in the other. */
function isSubstitution(a: ReadStatement, b: ReadStatement): boolean {
  const [one, other] = [a.statement.words, b.statement.words];
  let from = 0;
  while (from < Math.min(one.length, other.length) && one[from] === other[from]) from++;
  let behind = 0;
  while (behind < Math.min(one.length, other.length) - from && one.at(-1 - behind) === other.at(-1 - behind)) behind++;
  const [mine, yours] = [one.slice(from, one.length - behind), other.slice(from, other.length - behind)];
  if (mine.length === 0 || yours.length === 0 || from + behind < 2) return false;
  const isMatter = (read: ReadStatement, words: readonly string[]) =>
    read.matters.some(({ word }) => words.includes(word));
  return isMatter(a, mine) !== isMatter(b, yours) && !mine.some((word) => yours.includes(word));
}

/** "never B" and "A instead of B". */
function agreesInRejecting(a: Statement, b: Statement): boolean {
  const agrees = (one: Statement, other: Statement) =>
    one.negative && other.rejected.length > 0 && other.rejected.every((word) => one.words.includes(word));
  return agrees(a, b) || agrees(b, a);
}

/** Each is about something that the other does not mention, nor anything like it. */
function mattersClash(a: ReadStatement, b: ReadStatement): boolean {
  return saysMore(a, b) && saysMore(b, a);
}

function saysMore(a: ReadStatement, b: ReadStatement): boolean {
  return a.matters.some(({ word, vector }) => {
    if (b.statement.words.includes(word) || b.statement.rejected.includes(word)) return false;
    return !b.matters.some(
      (other) =>
        isSpelledAlike(word, other.word) ||
        (vector !== null && other.vector !== null && dot(vector, other.vector) >= thresholds.sameWord),
    );
  });
}

/** Derived from each other: migration and migrate, not port and report. */
function isSpelledAlike(a: string, b: string): boolean {
  const [short, long] = a.length < b.length ? [a, b] : [b, a];
  return short.length >= 4 && long.startsWith(short);
}

/** What two statements are to each other. Contradiction is looked for first: "always" and "never" are as similar as can be. */
export function compare(a: ReadStatement, b: ReadStatement): Relation {
  const like = likeness(a, b);
  const { similarity, hasMeaning } = like;
  const reason = contradiction(a, b, like);
  if (reason !== null) return { kind: 'contradiction', similarity, reason };
  const enough = hasMeaning ? thresholds.duplicate : thresholds.duplicateByWords;
  const isSame =
    similarity >= enough &&
    areCompatible(a.statement, b.statement) &&
    (like.done ?? 1) >= thresholds.done &&
    !areAboutDifferent(a, b);
  return { kind: isSame ? 'duplicate' : 'different', similarity, reason: null };
}

interface Likeness {
  /** 0 to 1. */
  similarity: number;
  hasMeaning: boolean;
  /** How far the same is to be done; null where one of them says nothing of it. */
  done: number | null;
}

/** What it is about and what is to be done about it count alike, however many words each takes. */
function likeness(a: ReadStatement, b: ReadStatement): Likeness {
  const all = overlap(a.statement.words, b.statement.words);
  const [one, other] = [wordsDone(a), wordsDone(b)];
  const done = one.length === 0 || other.length === 0 ? null : overlap(one, other);
  const words = done === null ? all : (all + done) / 2;
  if (a.vector === null || b.vector === null) return { similarity: words, hasMeaning: false, done };
  const meaning = Math.max(0, dot(a.vector, b.vector));
  // Two languages share names at most.
  if (a.statement.language !== b.statement.language) return { similarity: meaning, hasMeaning: true, done: null };
  const agreed = sameValues(a.statement.values, b.statement.values) ? agreementOfValues : 0;
  const similarity = Math.min(1, weightOfMeaning * meaning + (1 - weightOfMeaning) * words + agreed);
  return { similarity, hasMeaning: true, done };
}

function wordsDone({ statement, matters }: ReadStatement): string[] {
  const about = new Set(matters.map(({ word }) => word));
  return statement.words.filter((word) => !about.has(word) && !statement.choices.includes(word));
}

function sameValues(a: readonly Value[], b: readonly Value[]): boolean {
  const told = a.filter(({ kind }) => kind !== 'plain');
  return (
    told.length > 0 &&
    told.every(({ kind, amount }) => b.some((value) => value.kind === kind && value.amount === amount))
  );
}

function contradiction(one: ReadStatement, other: ReadStatement, like: Likeness): Relation['reason'] {
  const reason = oppositionOf(one.statement, other.statement, like);
  // In a choice or a fact it is the very thing that differs; their purpose and subject were compared.
  if (reason === null || reason === 'fact' || reason === 'use') return reason === 'use' ? 'alternative' : reason;
  return areAboutDifferent(one, other) ? null : reason;
}

function oppositionOf(
  a: Statement,
  b: Statement,
  { similarity, hasMeaning, done }: Likeness,
): Relation['reason'] | 'use' {
  const about = hasMeaning ? thresholds.opposite : thresholds.oppositeByWords;
  if (choosesWhatOtherRejects(a, b) || choosesWhatOtherRejects(b, a)) return 'choice';
  const isSameAct = (done ?? 1) >= thresholds.done;
  const alternatives = differentAlternatives(a, b);
  const values = differentValues(a.values, b.values);
  const names = namesClash(a, b);
  const opposed = arePolarised(a, b);
  if (opposed) {
    // "never tabs" and "always spaces" say the same.
    if (alternatives || values || names) return null;
    // What one forbids has to be what the other asks for.
    return similarity >= about && (done ?? 1) >= thresholds.doneWhenOpposed && !agreesInRejecting(a, b)
      ? 'polarity'
      : null;
  }
  if (names && !differentFacts(a, b)) return null;
  if (values && isSameAct && similarity >= thresholds.value) return 'value';
  if (a.negative && b.negative) return null;
  if (alternatives && isSameAct && similarity >= thresholds.alternative) return 'alternative';
  if (differentUses(a, b)) return 'use';
  return differentFacts(a, b) ? 'fact' : null;
}

function choosesWhatOtherRejects(a: Statement, b: Statement): boolean {
  if (b.rejected.length === 0 || a.negative) return false;
  const chosen = a.rejected.length > 0 ? a.words : (a.use?.object ?? a.words);
  const isChosen =
    (a.rejected.length > 0 || a.use !== null || a.words.includes('use')) &&
    b.rejected.every((word) => chosen.includes(word));
  const sharesPurpose = a.use === null || b.use === null || overlap(a.use.purpose, b.use.purpose) >= 0.3;
  // B may be named by both: "tests in vitest, not jest" is chosen by neither.
  return isChosen && sharesPurpose && !b.rejected.every((word) => a.rejected.includes(word));
}

/** One says yes where the other says no: in the parts that are most alike. */
function arePolarised(a: Statement, b: Statement): boolean {
  let best = { overlap: -1, opposed: a.negative !== b.negative };
  if (a.clauses.length < 2 && b.clauses.length < 2) return best.opposed;
  for (const one of a.clauses) {
    for (const other of b.clauses) {
      const shared = overlap(one.words, other.words);
      if (shared > best.overlap) best = { overlap: shared, opposed: one.negative !== other.negative };
    }
  }
  return best.opposed;
}

/** `either`: only where there are but two to choose from. */
function differentAlternatives(a: Statement, b: Statement, either = false): boolean {
  const opposed = a.alternatives.some((one) =>
    b.alternatives.some((other) => one.line === other.line && one.choice !== other.choice && (!either || one.isEither)),
  );
  const shared = a.alternatives.some((one) =>
    b.alternatives.some((other) => one.line === other.line && one.choice === other.choice),
  );
  // Both name both: the choice is made elsewhere in the sentence.
  return opposed && !(shared && a.alternatives.length > 1 && b.alternatives.length > 1 && isSameSet(a, b));
}

function isSameSet(a: Statement, b: Statement): boolean {
  const key = ({ alternatives }: Statement) =>
    alternatives
      .map(({ line, choice }) => `${line}.${choice}`)
      .toSorted()
      .join();
  return key(a) === key(b);
}

function differentValues(a: readonly Value[], b: readonly Value[]): boolean {
  const kinds = new Set(a.map(({ kind }) => kind).filter((kind) => b.some((value) => value.kind === kind)));
  return [...kinds].some((kind) => {
    const [one, other] = [a, b].map(
      (values) => new Set(values.filter((value) => value.kind === kind).map(({ amount }) => amount)),
    );
    return one !== undefined && other !== undefined && areDisjoint(one, other);
  });
}

/** Each names something that the other does not. */
function namesClash(a: Statement, b: Statement): boolean {
  return a.names.some((name) => !b.names.includes(name)) && b.names.some((name) => !a.names.includes(name));
}

function differentUses(a: Statement, b: Statement): boolean {
  if (a.use === null || b.use === null) return false;
  const samePurpose = overlap(a.use.purpose, b.use.purpose) >= thresholds.purpose;
  return samePurpose && areDisjoint(new Set(a.use.object), new Set(b.use.object));
}

function differentFacts(a: Statement, b: Statement): boolean {
  if (a.fact === null || b.fact === null || a.fact.relation !== b.fact.relation) return false;
  const sameSubject = overlap(a.fact.subject, b.fact.subject) >= 0.8;
  return sameSubject && areDisjoint(new Set(a.fact.value), new Set(b.fact.value));
}

/** Nothing that both say more exactly is said differently. */
function areCompatible(a: Statement, b: Statement): boolean {
  const opposed = arePolarised(a, b);
  if (opposed && !differentAlternatives(a, b, true) && !agreesInRejecting(a, b)) return false;
  if (!opposed && differentAlternatives(a, b)) return false;
  return !namesClash(a, b) && !differentValues(a.values, b.values);
}

/** Dice's coefficient: twice what is shared, over all. */
export function overlap(a: readonly string[], b: readonly string[]): number {
  if (a.length === 0 || b.length === 0) return 0;
  const other = new Set(b);
  return (2 * a.filter((word) => other.has(word)).length) / (a.length + b.length);
}

function dot(a: Float32Array, b: Float32Array): number {
  let sum = 0;
  for (let at = 0; at < a.length; at++) sum += (a[at] ?? 0) * (b[at] ?? 0);
  return sum;
}

function areDisjoint<T>(a: ReadonlySet<T>, b: ReadonlySet<T>): boolean {
  return ![...a].some((value) => b.has(value));
}
