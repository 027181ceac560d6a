import { learningCategories, type LearningCategory } from '../../../shared/learning-views.ts';
import type { ContextLine } from '../../../shared/context-views.ts';
import { candidate } from './candidate.ts';
import { named, quoted } from './quoted.ts';
import type { RuleRow } from './rule-rows.ts';

const longestRule = 400;

/** What a rule is called where it is told; those of a situation are worth less at a start, recall finds them when they matter. */
const kinds: Record<LearningCategory, { label: string; value: number }> = {
  best_practice: { label: 'Best practice', value: 0.82 },
  preference: { label: 'Preference', value: 0.82 },
  convention: { label: 'Convention', value: 0.8 },
  decision: { label: 'Decision', value: 0.78 },
  pitfall: { label: 'Pitfall', value: 0.74 },
  workflow: { label: 'Workflow', value: 0.66 },
  solution: { label: 'Solution', value: 0.5 },
  fact: { label: 'Fact', value: 0.6 },
};
/** Added for a learning that holds with full confidence. */
const confidenceWorth = 0.12;
const pinnedValue = 0.98;
/** Of a path that is not the one that is worked in. */
const elsewhere = 0.6;

/** What a learning of this category is called where it is told. */
export function ruleLabel(category: string): string {
  const known = learningCategories.find((each) => each === category) ?? 'fact';
  return kinds[known].label;
}

/** Where a session works: absolute paths. */
interface Place {
  root: string;
  cwd: string;
}

/** What a person approved and what holds here, as records: a text that commands may be taken for an injection. */
export function ruleLines(rules: readonly RuleRow[], place: Place): ContextLine[] {
  return rules.map((rule) => {
    const { label, value } = kinds[rule.category];
    const where = rule.path === null ? '' : ` (in ${named(rule.path, 120)})`;
    const worth = rule.is_pinned === 1 ? pinnedValue : value + confidenceWorth * rule.confidence;
    return candidate({
      section: 'rules',
      reason: 'approved_rule',
      text: `- ${label}${where}: ${quoted(rule.statement, longestRule)}`,
      value: rule.path === null || concerns(rule.path, place) ? worth : worth * elsewhere,
      learning: rule.id,
    });
  });
}

/** Whether one of the two lies within the other. */
function concerns(path: string, { root, cwd }: Place): boolean {
  const absolute = path.startsWith('/') ? path : `${root}/${path}`;
  return `${cwd}/`.startsWith(`${absolute}/`) || `${absolute}/`.startsWith(`${cwd}/`);
}
