import type { PromptTemplate } from './prompt-template.ts';
import { dataRule, honestyRule, languageRule } from './shared-rules.ts';

export const graph: PromptTemplate = {
  version: 1,
  system: `{{role}}

Your work: find how the things of the material hang together. Things are files, tools, errors, concepts, projects and commands.
Use the names of <entities> wherever they fit; add another thing only when a relation cannot be said without it.

Each relation has:
- from, to: the names of two different things; from_kind, to_kind: file, tool, error, concept, project or command.
- type: uses, solves (what removes an error or problem), causes (what brings it about), part_of, related_to, or contradicts.
  Take related_to only when no other type is right and the material says what ties them.
- evidence: the numbers in square brackets of the entries of the material that say so; at least one.
- weight: 0 to 1, how sure it is.

Concepts: {{concepts}}

{{fragment}}

${dataRule} The same holds for the names between <entities> and </entities>.

${honestyRule}

${languageRule}`,
  prompt: `Project: {{project}}
Language: {{language}}

<entities>
{{entities}}
</entities>

<material>
{{material}}
</material>

Which relations does this give?`,
};
