import type { Script, Step } from '../../src/main/memory/summaries/testing/script.ts';
import { seededRandom } from '../lib/seeded-random.ts';

const parts = ['cart', 'invoice', 'search', 'login', 'mailer', 'cache', 'report', 'export', 'queue', 'theme'];
const verbs = ['Added', 'Moved', 'Replaced', 'Fixed', 'Removed', 'Split', 'Renamed', 'Documented'];
const causes = [
  'a lock was never released',
  'two writers collided',
  'the cache kept old rows',
  'the index was missing',
];
const chinese = ['修复了登录超时', '将缓存改为按前缀失效', '原因是连接没有关闭', '还需要补充测试'];

/** A session of about so many observations: turns of some twenty calls with notes in between and an answer in Markdown, every fifth in Chinese. */
export function longSession(observations: number, seed: number): Script {
  const random = seededRandom(seed);
  const some = <T>(list: readonly T[], fallback: T): T => list[Math.floor(random() * list.length)] ?? fallback;
  const steps: Step[] = [];
  let count = 0;
  for (let turn = 0; count < observations; turn++) {
    const part = some(parts, 'cart');
    steps.push({
      user: `Please look at the ${part} module, number ${turn}, and make the slow ${some(parts, 'cart')} faster`,
    });
    for (let call = 0; call < 6; call++) {
      const file = `src/${part}/${some(parts, 'cart')}-${Math.floor(random() * 400)}.ts`;
      steps.push(
        { note: `I'll look at ${file} next; it was slow because ${some(causes, '')}.` },
        { read: file },
        { edit: file },
      );
    }
    const fails = random() < 0.4;
    const command = `npm test -- ${part}-${turn % 50}`;
    steps.push(
      fails
        ? { bash: command, error: `Exit code 1\nError: expected ${turn}, got 0` }
        : { bash: command, out: `Tests: ${turn} passed` },
    );
    const lines = Array.from(
      { length: 8 },
      (_, line) =>
        `- ${some(verbs, 'Added')} ${some(parts, 'cart')} in \`src/${part}/file-${line}.ts\`, because ${some(causes, '')}.`,
    );
    const extra =
      turn % 5 === 0 ? `${chinese.join('。')}。` : `The ${part} module now takes ${turn} ms instead of ${turn * 7}.`;
    steps.push({
      answer: `Done!\n\n## Changes\n${lines.join('\n')}\n\n${extra}\n\n## Next steps\n- The ${part} tests still need a fixture for case ${turn}.`,
    });
    count += 22;
  }
  return { id: `long-${observations}`, steps };
}
