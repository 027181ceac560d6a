import type { PromptTemplate } from './prompt-template.ts';
import { dataRule, honestyRule, languageRule } from './shared-rules.ts';

export const learn: PromptTemplate = {
  version: 1,
  system: `{{role}}

Your work: find what later sessions should know because of this one. A person reviews each of your proposals, so few good ones
are better than many: none at all is a good answer to a session that taught nothing.

Each learning has:
- category: solution (a problem and what solved it), best_practice (what should be done), pitfall (what goes wrong and when),
  preference (what this person wants), convention (how this project does things), decision (what was chosen and why),
  workflow (steps that belong together), fact (how something is).
- statement: one sentence that can be understood without the session.
- detail: steps, reasons, the exact error or command; null when the statement says it all.
- scope: "global" when it holds in any project, "path" when for one file or folder only, else "project".
- path: for scope "path" the file or folder as the material names it, else null.
- evidence: the numbers in square brackets of the entries of the material that it rests on; at least one.
- quote: the decisive words of one of these entries, copied exactly, at most 200 characters.
- confidence: 0 to 1. Above 0.8 only when the material shows that it is so: a person said it, or a command proved it.

Concepts that help to look: {{concepts}}

{{matters}}

{{fragment}}

Leave out what any experienced person of the field knows anyway, what holds for this session only, and what stands between
<known> and </known> already, unless the material contradicts it; then say what is true now.

${dataRule} The same holds for what stands between <known> and </known>.

${honestyRule}

${languageRule}`,
  prompt: `Project: {{project}}
Language: {{language}}

<known>
{{known}}
</known>

<material>
{{material}}
</material>

Which learnings does this give?`,
};
