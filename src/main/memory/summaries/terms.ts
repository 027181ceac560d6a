/** Words that say nothing about what a text is about, in both languages. */
const stopWords = new Set(
  `a an the this that these those it its they them their he she we us our you your i me my is are was were be been being do does did
  done have has had having will would can could should may might must shall not no nor and or but if then else than so as at by for
  from in into of off on onto out over to up with without about after again all also any because before both each few how just more
  most now only other some such there here too very what when where which while who why yes please make makes made get gets got use
  uses used using let lets one two new old same still via per
  的 了 在 是 我 你 他 它 们 我们 你们 他们 和 与 或 及 也 都 就 还 又 很 更 最 不 没 没有 有 这 那 这个 那个 一个 一下 个 把 被 让 对 从 到 为 为了
  以 于 而 但 但是 如果 因为 所以 然后 请 吧 吗 呢 啊 会 能 可以 要 需要 已 已经 现在 使用 进行 并 并且 其 之 中 上 下 里 后 前 时`
    .split(/\s+/)
    .filter(Boolean),
);

const words = new Intl.Segmenter('zh', { granularity: 'word' });

/** What a text is about, one entry a mention: words in lower case without their commonest endings, Chinese ones by the dictionary. */
export function termsOf(text: string): string[] {
  const lower = text.normalize('NFKC').toLowerCase();
  const latin = lower.match(/[\p{L}\p{N}_$](?:[\p{L}\p{N}_$-]|\.(?=\p{N}))*/gu) ?? [];
  return latin
    .flatMap((token) => (/\p{Script=Han}/u.test(token) ? chinese(token) : [stem(token)]))
    .filter((term) => term !== '' && !stopWords.has(term));
}

function chinese(token: string): string[] {
  return [...words.segment(token)].flatMap(({ segment, isWordLike }) => (isWordLike === true ? [stem(segment)] : []));
}

/** So much that “fails” meets “failing” and “tests” meets “test”; no word is ever shown in this form. */
function stem(word: string): string {
  if (word.length < 5 || !/^[a-z]+$/.test(word)) return word;
  return word.replace(/(?:ing|ed|es|s|er|e)$/, '').replace(/([^aeiouls])\1$/, '$1');
}

/** How much of two sets of terms is shared, by the smaller one; 0 to 1. */
export function overlap(some: ReadonlySet<string>, others: ReadonlySet<string>): number {
  const [small, large] = some.size <= others.size ? [some, others] : [others, some];
  if (small.size === 0) return 0;
  let shared = 0;
  for (const term of small) if (large.has(term)) shared++;
  return shared / small.size;
}

/** Whether two sentences say nearly the same. */
export function isNearlySame(some: ReadonlySet<string>, others: ReadonlySet<string>): boolean {
  if (some.size === 0 || others.size === 0) return false;
  let shared = 0;
  for (const term of some) if (others.has(term)) shared++;
  const union = some.size + others.size - shared;
  if (shared / union >= 0.6) return true;
  const [small, large] = [Math.min(some.size, others.size), Math.max(some.size, others.size)];
  // One that says the same and much more is another sentence.
  return small >= 4 && large <= small * 1.6 && shared / small >= 0.85;
}
