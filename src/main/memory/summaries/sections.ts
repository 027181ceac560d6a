/** What a part of a text tells. */
export type Section = 'request' | 'investigated' | 'done' | 'learned' | 'open' | 'key' | 'skip';

/** Headings as agents write them; the first that fits holds. */
const headings: readonly [Section, RegExp][] = [
  [
    'skip',
    /^(?:\d+[.)、]\s*)?(?:all user messages|user messages|files?(?: and code sections?)?|usage|example|示例|用法|文件)/i,
  ],
  ['request', /\b(?:primary request|user request|goal|task)\b|需求|目标|任务/i],
  [
    'open',
    /\b(?:next steps?|to-?dos?|remaining|pending|outstanding|open (?:questions?|items?|ends?)|follow[- ]?ups?|limitations?|caveats?|known issues|not (?:done|covered|included)|still (?:open|to do|needed)|left to do|recommend\w*|blocked)\b|下一步|后续|建议|待办|遗留|未完成|剩余|待确认|还需|尚未|风险/i,
  ],
  [
    'learned',
    /\b(?:root causes?|causes?|reasons?|why|findings?|learned|lessons?|insights?|problems?|issues?|diagnosis|explanation|errors? and fix(?:es)?|problem solving|how it works)\b|原因|根因|发现|结论|问题|经验|教训/i,
  ],
  [
    'done',
    /\b(?:what (?:i|was|has been) (?:did|done|changed|fixed|added|built)|what changed|changes?|changed|fix(?:es|ed)?|implement\w*|done|completed?|results?|updates?|solution|current work|verification|tests?)\b|改动|修改|变更|修复|完成|实现|更新|解决方案|结果|验证|已做/i,
  ],
  [
    'investigated',
    /\b(?:investigat\w*|looked at|checked|examined|analysis|reviewed|exploration)\b|排查|调查|检查|分析|查看/i,
  ],
  [
    'key',
    /\b(?:key (?:points?|decisions?|technical concepts?)|decisions?|notes?|summary|overview)\b|要点|关键|决定|说明|总结|概述/i,
  ],
];

/** Null for a heading that tells nothing about the kind of what follows. */
export function sectionOf(heading: string): Section | null {
  const title = heading.slice(0, 120);
  return headings.find(([, pattern]) => pattern.test(title))?.[0] ?? null;
}
