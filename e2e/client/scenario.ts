import { readFileSync, readdirSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { z } from 'zod';

const block = z.union([
  z.object({ text: z.string() }),
  z.object({ tool: z.string(), input: z.record(z.string(), z.unknown()).default({}) }),
]);
const scenarioFile = z.object({
  prompts: z.array(z.object({ prompt: z.string().min(1), turns: z.array(z.array(block)) })),
});

export type Block = z.infer<typeof block>;
export type ScriptedPrompt = z.infer<typeof scenarioFile>['prompts'][number];

/** What the model will say and do, prompt by prompt; `$WORK` in a tool's input stands for the project's folder. */
export interface Scenario {
  name: string;
  prompts: ScriptedPrompt[];
}

const folder = resolve(import.meta.dirname, '../fixtures/scenarios');

/** Every scenario of the fixtures; throws when there is none, or one that cannot be read. */
export function loadScenarios(): Scenario[] {
  const files = readdirSync(folder).filter((name) => name.endsWith('.json'));
  if (files.length === 0) throw new Error(`There are no scenarios in ${folder}.`);
  return files.toSorted().map((name) => ({
    name: basename(name, '.json'),
    ...scenarioFile.parse(JSON.parse(readFileSync(join(folder, name), 'utf8'))),
  }));
}

/** The prompts that a person types; the others are given to a subagent by one of these. */
export function typedPrompts(scenario: Scenario): ScriptedPrompt[] {
  const delegated = toolCalls(scenario).map(({ input }) => input['prompt']);
  return scenario.prompts.filter(({ prompt }) => !delegated.includes(prompt));
}

export interface ToolCall {
  tool: string;
  input: Record<string, unknown>;
}

/** Every tool call of the scenario, subagents' included. */
export function toolCalls({ prompts }: Pick<Scenario, 'prompts'>): ToolCall[] {
  return prompts
    .flatMap(({ turns }) => turns.flat())
    .filter((part): part is Extract<Block, { tool: string }> => 'tool' in part);
}

/** What the model says last for a prompt. */
export function finalMessage({ turns }: ScriptedPrompt): string {
  const last = turns.flat().findLast((part) => 'text' in part);
  return last !== undefined && 'text' in last ? last.text : '';
}

/** The scenario with the project's folder filled in. */
export function inFolder(scenario: Scenario, work: string): Scenario {
  const filled: unknown = JSON.parse(JSON.stringify({ prompts: scenario.prompts }).replaceAll('$WORK', () => work));
  return { name: scenario.name, ...scenarioFile.parse(filled) };
}
