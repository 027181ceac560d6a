import type { ObservationContent } from '../../shared/views.ts';
import { firstLine, headAndTail, plainText, shorten } from './excerpts.ts';
import { runCommand } from './observe-command.ts';
import {
  draft,
  fields,
  joined,
  records,
  resultText,
  wholeNumber,
  type Fields,
  type ToolCall,
} from './observe-fields.ts';
import { changeFile, readFile, searchFiles } from './observe-files.ts';
import { otherTool } from './observe-other-tool.ts';

/** The observation of one tool call; its files come from the tool's input alone, its texts carry no terminal escapes. */
export function observeTool(payload: Fields, root: string, failed: boolean): ObservationContent {
  const tool = plainText(payload['tool_name']) || 'unknown';
  const error = plainText(payload['error']);
  const call: ToolCall = {
    tool,
    input: fields(payload['tool_input']),
    response: payload['tool_response'],
    error,
    failed,
    root,
    durationMs: wholeNumber(payload['duration_ms']),
  };
  const rule = rules.get(tool) ?? otherTool;
  const draft = rule(call);
  if (!failed) return draft;
  const said = error.split('\n').filter((line) => line.trim() !== '');
  return {
    ...draft,
    subtitle: shorten(said.slice(0, 3).join(' · '), 300) || draft.subtitle,
    narrative: joined(draft.narrative ?? '', headAndTail(error, 1_500, 1_500)),
    concepts: [...draft.concepts, 'error'],
    importance: 0.7,
    failed: true,
  };
}

/** A Map and no object: a tool may be called "constructor". */
const rules = new Map<string, (call: ToolCall) => ObservationContent>(
  Object.entries({
    Read: readFile,
    NotebookRead: readFile,
    Edit: changeFile,
    MultiEdit: changeFile,
    Write: changeFile,
    NotebookEdit: changeFile,
    Bash: runCommand,
    PowerShell: runCommand,
    BashOutput: runCommand,
    Grep: searchFiles,
    Glob: searchFiles,
    LS: searchFiles,
    WebFetch: research,
    WebSearch: research,
    Agent: delegate,
    Task: delegate,
    TodoWrite: plan,
    TaskCreate: plan,
    TaskUpdate: plan,
    ExitPlanMode: plan,
  }),
);

function research(call: ToolCall): ObservationContent {
  return draft(call, {
    type: 'research',
    title: firstLine(plainText(call.input['url']) || plainText(call.input['query'])),
    subtitle: firstLine(plainText(call.input['prompt']), 300) || null,
    narrative: headAndTail(resultText(call.response), 2_000, 500) || null,
    importance: 0.4,
  });
}

function delegate(call: ToolCall): ObservationContent {
  const prompt = plainText(call.input['prompt']);
  return draft(call, {
    type: 'delegation',
    title: firstLine(plainText(call.input['description'])) || firstLine(prompt),
    subtitle: plainText(call.input['subagent_type']) || null,
    narrative: joined(headAndTail(prompt, 1_000, 200), headAndTail(resultText(call.response), 2_000, 500)),
    importance: 0.5,
  });
}

function plan(call: ToolCall): ObservationContent {
  const todos = records(call.input['todos']);
  const completed = todos.filter((todo) => todo['status'] === 'completed').length;
  const current = todos.find((todo) => todo['status'] === 'in_progress') ?? todos[0];
  const subject = plainText(call.input['subject']);
  const text = plainText(call.input['plan']);
  const task = plainText(call.input['taskId']);
  return draft(call, {
    type: 'plan',
    title: firstLine(subject || text || plainText(current?.['content'])) || (task && `#${task}`),
    subtitle: todos.length > 0 ? `${completed}/${todos.length}` : plainText(call.input['status']) || null,
    facts: todos
      .slice(0, 20)
      .map((todo) => shorten(`[${plainText(todo['status'])}] ${plainText(todo['content'])}`, 200)),
    narrative: headAndTail(text || plainText(call.input['description']), 2_000, 0) || null,
    importance: 0.3,
  });
}
