/**
 * Only words that carry no sense in code either: `not`, `all`, `each`, `from` or `between` do, and dropping them cost two
 * points of recall on cosqa (bench/search).
 */
const english = new Set(
  (
    'a an and are as at be been but by can could did do does for had has have how i if in into is it its me my of on or our ' +
    'please should so such that the their them then there these they this those to us was we were what when where which who ' +
    'why will would you your cant couldnt didnt doesnt dont hasnt havent im isnt ive lets thats theres whats wont wouldnt'
  ).split(' '),
);

/** Everyday words in which a particle is no particle come first, so that they are kept. */
const chinese = new RegExp(
  '(目的|了解|标的|着色|附着|终了)|一个|一下|一些|这个|那个|这些|那些|这样|那样|这里|那里|为什么|什么|怎么办|怎么样|怎么|怎样|如何|为何|哪里|' +
    '哪个|哪些|我们|你们|他们|自己|因为|所以|但是|如果|就是|还是|或者|以及|并且|而且|然后|可以|请问|帮我|有没有|没有|是不是|是否|时候|[的了吗呢吧啊嘛]',
  'gu',
);

/** Whether a word says nothing about what is looked for; such words are dropped from queries, never from the index. */
export function isStopWord(word: string): boolean {
  return english.has(word.replaceAll(/['\u2019]/gu, ''));
}

/** Puts spaces where Chinese words stand that say nothing about what is looked for; every other character keeps its place. */
export function blankChineseStopWords(text: string): string {
  return text.replaceAll(chinese, (found: string, kept: string | undefined) => kept ?? ' '.repeat(found.length));
}
