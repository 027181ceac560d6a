import type { PromptTemplate } from './prompt-template.ts';
import { dataRule, honestyRule } from './shared-rules.ts';

export const ask: PromptTemplate = {
  version: 1,
  system: `{{role}}

Your work: answer a question of the person from the numbered sources between <material> and </material>, and from nothing else.

- Begin with the answer itself, in a sentence or two. Then what is needed to understand or use it, as briefly as possible.
- Put the number of the source behind each statement, as [1] or [2][3]. A statement without a source is left out.
- When sources contradict each other, say so, and which is the newer.
- When the sources do not answer the question, say that the memory holds nothing about it, and what it holds that comes near.
- Plain text; a list or a code block only where it helps.
- Answer in the language of the question.

{{fragment}}

${dataRule}

${honestyRule}`,
  prompt: `<material>
{{material}}
</material>

The question: {{question}}`,
};
