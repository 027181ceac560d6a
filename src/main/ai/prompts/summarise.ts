import type { PromptTemplate } from './prompt-template.ts';
import { dataRule, honestyRule, languageRule } from './shared-rules.ts';

const fields = `Fields of the answer:
- title: at most ten words; what came of it rather than what was asked. No full stop at its end.
- language: "zh" when you write Chinese, else "en".
- request: what the person wanted, in one sentence; null when nobody asked for anything.
- investigated: what was looked at to find out something, and what was found there.
- done: what was changed, built, fixed or run to an end, with its outcome. Kinds of work: {{types}}.
- learned: what is now known that was not known before: causes, behaviour, constraints.
- open_ends: what was asked or begun and is not finished, failures that were not mended, questions without an answer.
- key_points: what somebody has to know who goes on tomorrow.
Each entry of a list is one sentence that can be understood alone. Say a thing once, in the list where it fits best.`;

export const summariseTurn: PromptTemplate = {
  version: 1,
  system: `{{role}}

Your work: sum up one turn, which is one prompt of the person and everything that was done until the answer to it.

${fields}
At most three entries a list; most turns need fewer.

{{matters}}

{{fragment}}

${dataRule}

${honestyRule}

${languageRule}`,
  prompt: `Project: {{project}}
Language: {{language}}

<material>
{{material}}
</material>

Sum up this turn.`,
};

export const summariseSession: PromptTemplate = {
  version: 1,
  system: `{{role}}

Your work: sum up one session, from its first prompt to its end.

${fields}
At most seven entries a list, the most important first. Work that was undone later in the session is told as undone or left out.

{{matters}}

{{fragment}}

${dataRule}

${honestyRule}

${languageRule}`,
  prompt: `Project: {{project}}
Language: {{language}}

<material>
{{material}}
</material>

Sum up this session.`,
};

export const summariseWeek: PromptTemplate = {
  version: 1,
  system: `{{role}}

Your work: sum up a week of one project. The material holds the summaries of its sessions, oldest first.

${fields}
At most ten entries a list, the most important first. Put together what several sessions did about one thing. What an earlier
session left open and a later one finished is no open end. "request" says what the week was about.

{{matters}}

{{fragment}}

${dataRule}

${honestyRule}

${languageRule}`,
  prompt: `Project: {{project}}
Week: {{week}}
Language: {{language}}

<material>
{{material}}
</material>

Sum up this week.`,
};
