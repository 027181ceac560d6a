/**
 * Which token has which id: open addressing over the tokens' UTF-16 units, in memory that threads share. A `Map` of the
 * same 44,000 tokens takes several megabytes in each thread.
 */
export interface VocabularyMemory {
  /** Token `id` is `units[starts[id]]` up to `units[starts[id + 1]]`. */
  starts: Uint32Array;
  units: Uint16Array;
  /** 0 for a free slot, else 12 bits of the token's hash above 20 bits of its id + 1. */
  slots: Uint32Array;
}

const idBits = 20;
const idMask = (1 << idBits) - 1;
const hash = 35;
/** FNV-1a over UTF-16 units. */
export const hashSeed = 0x81_1c_9d_c5 | 0;
export const continuationSeed = hashUnit(hashUnit(hashSeed, hash), hash);

export function hashUnit(state: number, unit: number): number {
  return Math.imul(state ^ unit, 0x01_00_01_93);
}

/** Slots for so many tokens: a power of two, at most half of them used. */
export function slotsFor(tokens: number): number {
  return 2 ** Math.ceil(Math.log2(tokens * 2));
}

/** Fills the tables from the text of a vocabulary file, one token a line. Throws when the lines are not as many as the rows. */
export function buildVocabulary(text: string, memory: VocabularyMemory): void {
  const { starts, units, slots } = memory;
  const count = starts.length - 1;
  if (count > idMask - 1) throw new Error(`${count} tokens are more than a slot can name`);
  // Another thread may have begun this before it died.
  slots.fill(0);
  let token = 0;
  let used = 0;
  let state = hashSeed;
  for (let at = 0; at < text.length && token < count; at++) {
    const unit = text.charCodeAt(at);
    if (unit !== 10) {
      units[used++] = unit;
      state = hashUnit(state, unit);
      continue;
    }
    let slot = slotOf(state) & (slots.length - 1);
    while (slots[slot] !== 0) slot = (slot + 1) & (slots.length - 1);
    slots[slot] = (state & ~idMask) | (token + 1);
    state = hashSeed;
    starts[++token] = used;
  }
  if (token !== count || text.split('\n').length !== count + 1) {
    throw new Error(`the vocabulary does not have the ${count} lines that the model has rows`);
  }
}

/**
 * The id of the token that is `source[from]` up to `source[from + length]`, with `##` before it when it continues a word;
 * -1 when there is none. `state` is the hash of it all.
 */
export function findToken(
  memory: VocabularyMemory,
  source: Uint16Array,
  from: number,
  length: number,
  state: number,
  continues: boolean,
): number {
  const { starts, units, slots } = memory;
  const mask = slots.length - 1;
  const lead = continues ? 2 : 0;
  for (let slot = slotOf(state) & mask; ; slot = (slot + 1) & mask) {
    const entry = slots[slot] ?? 0;
    if (entry === 0) return -1;
    if (((entry ^ state) & ~idMask) !== 0) continue;
    const id = (entry & idMask) - 1;
    const start = starts[id] ?? 0;
    if ((starts[id + 1] ?? 0) - start !== length + lead) continue;
    if (continues && (units[start] !== hash || units[start + 1] !== hash)) continue;
    let same = 0;
    while (same < length && units[start + lead + same] === source[from + same]) same++;
    if (same === length) return id;
  }
}

function slotOf(state: number): number {
  return state ^ (state >>> 15);
}
