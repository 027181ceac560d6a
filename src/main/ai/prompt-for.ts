import type { SummaryLanguage } from '../../shared/summary-views.ts';
import { withinBorders } from './borders.ts';
import type { Mode, PromptName } from './mode.ts';
import { prompts } from './prompts/prompts.ts';

interface AboutSession {
  /** The project's name. */
  project: string;
  /** Of the session: what the answer is written in. */
  language: SummaryLanguage;
  /** What is known, within the budget; see `fitToBudget`. */
  material: string;
}

/** What each prompt has to be told. */
export interface PromptVariables {
  'summarise-turn': AboutSession;
  'summarise-session': AboutSession;
  /** `week`: as people say it, such as its first and last day. */
  'summarise-week': AboutSession & { week: string };
  /** Entries of `material` begin with a number in square brackets. `known`: statements that are believed already, one a line. */
  learn: AboutSession & { known: string };
  /** Entries of `material` begin with a number in square brackets. `entities`: `kind: name`, one a line. */
  graph: AboutSession & { entities: string };
  /** Sources in `material` begin with a number in square brackets. */
  ask: { question: string; material: string };
}

export interface Prompt {
  /** The same for all requests of a mode. */
  system: string;
  prompt: string;
  /** Mode and prompt with their versions, such as `coding@1 learn@1`. */
  version: string;
}

const languages: Record<SummaryLanguage, string> = { en: 'English', zh: '简体中文 (Simplified Chinese)' };

/** The words for a model, with whatever the variables hold kept inside its borders. */
export function promptFor<Name extends PromptName>(mode: Mode, name: Name, variables: PromptVariables[Name]): Prompt {
  const template = prompts[name];
  const ofMode = {
    role: mode.role,
    matters: mode.matters,
    fragment: mode.fragments[name] ?? '',
    concepts: mode.concepts.map((concept) => `${concept.name} (${concept.means})`).join(', '),
    types: mode.types.map((type) => `${type.name} (${type.means})`).join(', '),
  };
  const told = new Map(Object.entries(variables).map(([key, value]) => [key, tell(key, String(value))]));
  return {
    system: fill(template.system, new Map(Object.entries(ofMode))),
    prompt: fill(template.prompt, told),
    version: `${mode.name}@${mode.version} ${name}@${template.version}`,
  };
}

function tell(key: string, value: string): string {
  if (key === 'language') return value === 'zh' ? languages.zh : languages.en;
  const inside = withinBorders(value).trim();
  if (key === 'project' || key === 'week') return inside.replaceAll(/\s+/g, ' ');
  return inside === '' ? '(nothing)' : inside;
}

/** In one pass: what a value holds is never taken for a variable. */
function fill(template: string, values: ReadonlyMap<string, string>): string {
  return template
    .replaceAll(/\{\{(\w+)\}\}/g, (_, name: string) => {
      const value = values.get(name);
      if (value === undefined) throw new Error(`The prompt names ${name}, which nobody gives.`);
      return value;
    })
    .replaceAll(/\n{3,}/g, '\n\n')
    .trim();
}
