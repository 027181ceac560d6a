import { builtinModelFolder } from '../../src/main/embed/static/model-folder.ts';
import { createSharedModel } from '../../src/main/embed/static/shared-model.ts';
import { openStaticModel } from '../../src/main/embed/static/static-model.ts';
import { stem } from '../../src/main/search/stem.ts';
import type { Figure } from '../lib/figure.ts';
import { fitFamilies } from './families-fit.ts';
import { heldOutFamilies } from './families-held-out.ts';
import { plant } from './generate.ts';
import { hardPairs } from './hard-pairs.ts';
import { baseline, bestThreshold, cosine, jaccard, ours, pairsOf, score } from './measure.ts';

/** How well duplicates are merged and contradictions found among a thousand planted learnings, beside two naive ways. */
export function benchLearnings(): Figure[] {
  const model = openStaticModel(createSharedModel(builtinModelFolder()));
  const tools = { stem: (word: string) => stem(word, false), embed: model.embed };
  const halves = [
    { name: 'fit', planted: plant(fitFamilies), hard: hardPairs.filter(({ half }) => half === 'fit') },
    { name: 'held out', planted: plant(heldOutFamilies), hard: hardPairs.filter(({ half }) => half === 'held out') },
  ].map((half) => ({ ...half, pairs: pairsOf(half.planted, half.hard, tools) }));
  const fitted = halves[0]?.pairs ?? [];
  const naive = [
    ['Jaccard', jaccard],
    ['cosine', cosine],
  ] as const;
  const figures: Figure[] = [
    {
      name: 'learnings compared',
      unit: 'statements',
      value: halves.reduce((sum, { planted }) => sum + planted.length, 0),
    },
  ];
  for (const kind of ['duplicate', 'contradiction'] as const) {
    const judges = naive.map(([label, likeness]) => {
      return [label, baseline(likeness, bestThreshold(fitted, likeness, kind))] as const;
    });
    for (const { name, pairs } of halves) {
      const own = score(pairs, ours, kind);
      for (const [label, judge] of judges) {
        const other = score(pairs, judge, kind);
        for (const measure of ['precision', 'recall'] as const) {
          figures.push({
            name: `${kind}s, ${name} (${own.planted} pairs): ${measure}`,
            unit: '%',
            value: own[measure] * 100,
            baseline: { name: label, value: other[measure] * 100 },
          });
        }
      }
    }
  }
  return figures;
}
