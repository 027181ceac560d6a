import { toldMemory, type ToldMemory } from '../../testing/told-memory.ts';
import { createFactGatherer, type GatheredFacts } from '../gather.ts';
import { summarise } from '../summarise.ts';
import type { SummaryContent } from '../../../../shared/summary-views.ts';

/** What happens in a session, as hooks tell it. */
export type Step =
  | { user: string }
  | { note: string }
  | { answer: string }
  | { read: string; content?: string; agent?: string }
  | { edit: string; to?: string; agent?: string }
  | { write: string; content?: string }
  | { bash: string; description?: string; out?: string; error?: string; agent?: string }
  | { grep: string; files?: number }
  | { web: string; result?: string }
  | { todos: [status: string, content: string][] }
  | { agent: string; prompt: string; report: string }
  | { compact: string }
  | { event: Record<string, unknown> };

export interface Script {
  id: string;
  cwd?: string;
  steps: readonly Step[];
}

/** Plays a session into a memory, a second a step. */
export function play(memory: Pick<ToldMemory, 'post'>, { id, cwd = '/home/dev/shop', steps }: Script): void {
  let prompt = '';
  let calls = 0;
  const post = (name: string, rest: object) =>
    memory.post({ session_id: id, cwd, prompt_id: prompt === '' ? undefined : prompt, hook_event_name: name, ...rest });
  const tool = (tool_name: string, tool_input: object, tool_response: unknown, agent?: string) =>
    post('PostToolUse', { tool_use_id: `${id}-${++calls}`, tool_name, tool_input, tool_response, agent_id: agent });
  const path = (file: string) => (file.startsWith('/') ? file : `${cwd}/${file}`);
  post('SessionStart', { source: 'startup' });
  for (const [position, step] of steps.entries()) {
    if ('user' in step) {
      prompt = `${id}-p${position}`;
      post('UserPromptSubmit', { prompt: step.user });
    } else if ('note' in step) post('AssistantMessage', { text: step.note, final: false, uuid: `${id}-m${position}` });
    else if ('answer' in step) post('Stop', { last_assistant_message: step.answer });
    else if ('read' in step) {
      tool(
        'Read',
        { file_path: path(step.read) },
        { file: { filePath: path(step.read), content: step.content ?? 'x' } },
        step.agent,
      );
    } else if ('edit' in step) {
      tool('Edit', { file_path: path(step.edit), old_string: 'a', new_string: step.to ?? 'b' }, {}, step.agent);
    } else if ('write' in step) {
      tool('Write', { file_path: path(step.write), content: step.content ?? 'x' }, { type: 'create' });
    } else if ('bash' in step) {
      const input = { command: step.bash, description: step.description };
      if (step.error === undefined) tool('Bash', input, { stdout: step.out ?? '', stderr: '' }, step.agent);
      else {
        post('PostToolUseFailure', {
          tool_use_id: `${id}-${++calls}`,
          tool_name: 'Bash',
          tool_input: input,
          error: step.error,
          agent_id: step.agent,
        });
      }
    } else if ('grep' in step) tool('Grep', { pattern: step.grep }, { numFiles: step.files ?? 0, filenames: [] });
    else if ('web' in step) {
      tool('WebFetch', { url: step.web, prompt: 'What does it say?' }, { result: step.result ?? '' });
    } else if ('todos' in step) {
      tool(
        'TodoWrite',
        { todos: step.todos.map(([status, content]) => ({ status, content, activeForm: content })) },
        {},
      );
    } else if ('agent' in step) {
      const input = { description: step.agent, prompt: step.prompt, subagent_type: 'general-purpose' };
      tool('Agent', input, { content: [{ type: 'text', text: step.report }] });
    } else if ('compact' in step) post('PostCompact', { trigger: 'auto', compact_summary: step.compact });
    else if ('event' in step) memory.post({ session_id: id, cwd, prompt_id: prompt, ...step.event });
  }
}

export interface Told {
  summary: SummaryContent;
  gathered: GatheredFacts;
}

/** What rules make of a session, or of one turn of it, told through the real parser and ledger. */
export function summaryOf(script: Script, turn: string | null = null): Told {
  const memory = toldMemory();
  try {
    play(memory, script);
    const gathered = createFactGatherer(memory.db)(memory.session(script.id), turn);
    if (gathered === null) throw new Error('The session is not there.');
    return { gathered, summary: summarise(gathered.facts) };
  } finally {
    memory.close();
  }
}
