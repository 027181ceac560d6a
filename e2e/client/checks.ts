import assert from 'node:assert/strict';
import { readFileSync, readdirSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';
import { finalMessage, inFolder, toolCalls, typedPrompts, type Scenario } from './scenario.ts';
import type { RecordedCall } from './transcript.ts';
import type { RememberedSession } from './worker-process.ts';

/** Keys in one order, so that equal inputs are equal text. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_key, part: unknown) =>
    typeof part === 'object' && part !== null && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).toSorted(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  );
}

const sorted = (values: readonly string[]) => values.toSorted();

/** Tool calls as one comparable text each: whose, what, and whether it failed. */
export function rememberedCalls(sessions: readonly RememberedSession[]): string[] {
  const tools = sessions.flatMap(({ timeline }) => timeline.filter(({ tool }) => tool !== null));
  return sorted(
    tools.map((row) => canonical([row.session_id, row.tool, row.input, row.failed ? 'failed' : 'done', row.agent_id])),
  );
}

/** The client's own record of the same, in the same form. */
export function expectedCalls(recorded: readonly RecordedCall[]): string[] {
  return sorted(
    recorded.map((call) =>
      canonical([call.sessionId, call.tool, call.input, call.failed ? 'failed' : 'done', call.agentId]),
    ),
  );
}

/** Catches: a call lost, doubled by transcript and hook, without its failure, or given to the wrong agent. */
export function checkToolCalls(
  sessions: readonly RememberedSession[],
  recorded: readonly RecordedCall[],
  scenario: Scenario,
): void {
  assert.ok(recorded.length > 0, 'The client recorded no tool call, so nothing was tested.');
  assert.equal(recorded.length, toolCalls(scenario).length, 'The client made other calls than the scenario has.');
  assert.deepEqual(rememberedCalls(sessions), expectedCalls(recorded));
}

/** The texts of all rows of a type, whole: the narrative, or the title of a one-line text. */
function texts(sessions: readonly RememberedSession[], type: string, ofAgent: boolean): string[] {
  const rows = sessions.flatMap(({ timeline }) => timeline.filter((row) => row.type === type));
  return rows
    .filter(({ agent_id }) => (agent_id !== null) === ofAgent)
    .map(({ narrative, title }) => narrative ?? title);
}

/** Catches: a prompt or final message lost or doubled. `shown` maps a text to how it may be kept. */
export function checkPromptsAndAnswers(
  sessions: readonly RememberedSession[],
  scenario: Scenario,
  shown: (text: string) => string,
): void {
  const prompts = typedPrompts(scenario);
  assert.deepEqual(sorted(texts(sessions, 'request', false)), sorted(prompts.map(({ prompt }) => shown(prompt))));
  assert.deepEqual(sorted(texts(sessions, 'conclusion', false)), sorted(prompts.map((prompt) => finalMessage(prompt))));
  const counted = sessions.reduce((sum, session) => sum + session.prompt_count, 0);
  assert.equal(counted, prompts.length, "The sessions' prompt counts are wrong.");
}

/** Catches: a subagent's work that looks like the session's own. */
export function checkSubagents(sessions: readonly RememberedSession[], scenario: Scenario, work: string): void {
  const typed = typedPrompts(scenario).map(({ prompt }) => prompt);
  const delegated = inFolder(scenario, work).prompts.filter(({ prompt }) => !typed.includes(prompt));
  const calls = toolCalls({ prompts: delegated });
  const rows = sessions.flatMap(({ timeline }) =>
    timeline.filter(({ tool, agent_id }) => tool !== null && agent_id !== null),
  );
  assert.equal(rows.length, calls.length, "The subagents' tool calls.");
  assert.ok(
    rows.every(({ agent_type }) => agent_type !== null),
    'A subagent has no type.',
  );
}

/** Catches: a secret in any file of the folder (write-ahead log, backup, log), whatever its encoding on disk. */
export function checkNoBytes(folder: string, secrets: readonly string[]): void {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((path) => join(folder, path))
    .filter((path) => statSync(path).isFile());
  assert.ok(files.length > 0, `There are no files in ${folder}.`);
  for (const file of files) {
    const bytes = readFileSync(file);
    for (const secret of secrets) {
      assert.equal(bytes.includes(secret), false, `${relative(folder, file)} holds "${secret}".`);
      assert.equal(bytes.includes(secret, 'utf16le'), false, `${relative(folder, file)} holds "${secret}" in UTF-16.`);
    }
  }
}
