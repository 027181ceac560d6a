import type { ObservationContent } from '../../shared/views.ts';
import { textOf } from '../../shared/text-of.ts';
import { firstLine, headAndTail, shorten } from './excerpts.ts';

type Fields = Record<string, unknown>;

/** What a tool's result says in text, whatever its shape. */
interface ToolCall {
  tool: string;
  input: Fields;
  response: unknown;
  error: string;
  failed: boolean;
  root: string;
  durationMs: number | null;
}

/** The observation of one tool call; its files come from the tool's input alone. */
export function observeTool(payload: Fields, root: string, failed: boolean): ObservationContent {
  const tool = textOf(payload['tool_name']) || 'unknown';
  const error = textOf(payload['error']);
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
  return {
    ...draft,
    subtitle: shorten(error.split('\n').filter(Boolean).slice(0, 3).join(' · '), 300) || draft.subtitle,
    narrative: [draft.narrative, headAndTail(error, 1_500, 1_500)].filter(Boolean).join('\n'),
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

function draft(
  call: ToolCall,
  part: Partial<ObservationContent> & Pick<ObservationContent, 'type' | 'title' | 'importance'>,
) {
  return {
    tool: call.tool,
    subtitle: null,
    facts: [],
    narrative: null,
    concepts: [],
    files_read: [],
    files_changed: [],
    failed: false,
    duration_ms: call.durationMs,
    ...part,
    title: part.title || call.tool,
  } satisfies ObservationContent;
}

function readFile(call: ToolCall): ObservationContent {
  const path = filePath(call);
  const file = fields(fields(call.response)['file']);
  const [start, lines, total] = [number(file['startLine']), number(file['numLines']), number(file['totalLines'])];
  const content = textOf(file['content']) || textOf(call.response);
  return draft(call, {
    type: 'discovery',
    title: shortPath(path, call.root),
    subtitle: start !== null && lines !== null && total !== null ? `${start}–${start + lines - 1} / ${total}` : null,
    narrative: headAndTail(content, 800, 0) || null,
    files_read: path ? [path] : [],
    importance: 0.2,
  });
}

function changeFile(call: ToolCall): ObservationContent {
  const path = filePath(call);
  const edits = Array.isArray(call.input['edits']) ? call.input['edits'].map(fields) : [call.input];
  const removed = edits.map((edit) => textOf(edit['old_string'])).join('\n');
  const added = edits.map((edit) => textOf(edit['new_string']) || textOf(edit['new_source'])).join('\n');
  const written = textOf(call.input['content']);
  const facts = [...sample(removed, '- '), ...sample(added, '+ ')];
  return draft(call, {
    type: 'change',
    title: shortPath(path, call.root),
    subtitle: firstLine(added || written, 200) || null,
    facts,
    narrative: headAndTail(written || longRest(removed, added), 2_000, 500) || null,
    concepts: /(?:^|[/\\])(?:docs?|README)|\.(?:md|mdx|rst|txt)$/i.test(path) ? ['documentation'] : [],
    files_changed: path ? [path] : [],
    importance: 0.6,
  });
}

/** The facts already show short edits; only longer ones add a narrative. */
function longRest(removed: string, added: string): string {
  const shown = 3;
  return added.split('\n').length > shown || removed.split('\n').length > shown ? added : '';
}

function sample(text: string, mark: string): string[] {
  return text
    .split('\n')
    .filter((line) => line.trim() !== '')
    .slice(0, 3)
    .map((line) => mark + shorten(line.trim(), 200));
}

const commandConcepts: [RegExp, string][] = [
  [/\b(?:test|vitest|jest|pytest|mocha|cargo test|go test|rspec|phpunit)\b/i, 'test'],
  [/\b(?:build|compile|tsc|webpack|vite|make|gradle|mvn|cargo build)\b/i, 'build'],
  [/(?:^|[;&|]\s*)git\s/, 'git'],
  [
    /\b(?:npm|pnpm|yarn|bun|pip|cargo|brew|apt(?:-get)?|gem|go) (?:i|ci|install|add|remove|uninstall|get|update|upgrade)\b/,
    'dependencies',
  ],
  [/\b(?:docker|kubectl|terraform|helm|systemctl|ssh)\b/, 'operations'],
  [/\b(?:sqlite3|psql|mysql|redis-cli|mongosh)\b/, 'database'],
];

function runCommand(call: ToolCall): ObservationContent {
  const command = textOf(call.input['command']);
  const description = textOf(call.input['description']);
  const response = fields(call.response);
  const output = [textOf(response['stdout']), textOf(response['stderr']), textOf(call.response)]
    .filter(Boolean)
    .join('\n');
  const exitCode = /^Exit code (\d+)/.exec(call.error)?.[1];
  const concepts = commandConcepts.flatMap(([pattern, concept]) => (pattern.test(command) ? [concept] : []));
  return draft(call, {
    type: 'command',
    title: description || firstLine(command),
    subtitle: description ? firstLine(command, 300) : null,
    facts: [...gitFacts(response), ...(exitCode === undefined ? [] : [`exit code ${exitCode}`])],
    narrative:
      [description ? headAndTail(command, 1_000, 200) : '', headAndTail(output, 700, 1_300)]
        .filter(Boolean)
        .join('\n') || null,
    concepts,
    importance: concepts.length > 0 ? 0.45 : 0.35,
  });
}

/** Claude Code reports commits, pushes and pull requests that a command made. */
function gitFacts(response: Fields): string[] {
  const git = fields(response['gitOperation']);
  const commit = fields(git['commit']);
  const pull = fields(git['pr']);
  return [
    ...(textOf(commit['sha']) ? [`commit ${textOf(commit['sha'])} ${textOf(commit['branch'])}`.trim()] : []),
    ...(textOf(pull['url']) ? [`pull request ${textOf(pull['url'])}`] : []),
  ];
}

function searchFiles(call: ToolCall): ObservationContent {
  const pattern = textOf(call.input['pattern']) || textOf(call.input['query']);
  const folder = textOf(call.input['path']);
  const response = fields(call.response);
  const names = Array.isArray(response['filenames'])
    ? response['filenames'].filter((name) => typeof name === 'string')
    : [];
  const found = number(response['numFiles']) ?? (names.length || null);
  return draft(call, {
    type: 'discovery',
    title: pattern || shortPath(folder, call.root),
    subtitle: [shortPath(folder, call.root), found === null ? '' : `→ ${found}`].filter(Boolean).join(' ') || null,
    narrative:
      headAndTail(
        [names.slice(0, 20).join('\n'), textOf(response['content']), textOf(call.response)].filter(Boolean).join('\n'),
        1_000,
        0,
      ) || null,
    importance: 0.15,
  });
}

function research(call: ToolCall): ObservationContent {
  const target = textOf(call.input['url']) || textOf(call.input['query']);
  const asked = textOf(call.input['prompt']);
  return draft(call, {
    type: 'research',
    title: shorten(target, 160),
    subtitle: firstLine(asked, 300) || null,
    narrative: headAndTail(resultText(call.response), 2_000, 500) || null,
    importance: 0.4,
  });
}

function delegate(call: ToolCall): ObservationContent {
  const prompt = textOf(call.input['prompt']);
  return draft(call, {
    type: 'delegation',
    title: textOf(call.input['description']) || firstLine(prompt),
    subtitle: textOf(call.input['subagent_type']) || null,
    facts: [],
    narrative:
      [headAndTail(prompt, 1_000, 200), headAndTail(resultText(call.response), 2_000, 500)]
        .filter(Boolean)
        .join('\n') || null,
    importance: 0.5,
  });
}

function plan(call: ToolCall): ObservationContent {
  const todos = Array.isArray(call.input['todos']) ? call.input['todos'].map(fields) : [];
  const steps = todos.map((todo) => `[${textOf(todo['status'])}] ${textOf(todo['content'])}`);
  const single = textOf(call.input['subject']) || textOf(call.input['plan']);
  const current = todos.find((todo) => todo['status'] === 'in_progress') ?? todos[0];
  return draft(call, {
    type: 'plan',
    title: firstLine(single || textOf(current?.['content']) || textOf(call.input['taskId'])),
    subtitle:
      steps.length > 0 ? `${todos.filter((todo) => todo['status'] === 'completed').length}/${steps.length}` : null,
    facts: steps.slice(0, 20).map((step) => shorten(step, 200)),
    narrative: headAndTail(single || textOf(call.input['description']), 2_000, 0) || null,
    importance: 0.3,
  });
}

/** MCP tools and whatever comes later: the input's texts name it, the result's text describes it. */
function otherTool(call: ToolCall): ObservationContent {
  const texts = Object.values(call.input).filter((value) => typeof value === 'string');
  const path = filePath(call);
  return draft(call, {
    type: 'tool',
    title: firstLine(texts.find((value) => value.length > 2) ?? '') || call.tool,
    subtitle: call.tool,
    narrative:
      [headAndTail(texts.join('\n'), 1_000, 0), headAndTail(resultText(call.response), 1_200, 300)]
        .filter(Boolean)
        .join('\n') || null,
    files_read: path ? [path] : [],
    importance: 0.3,
  });
}

function filePath(call: ToolCall): string {
  return textOf(call.input['file_path']) || textOf(call.input['notebook_path']);
}

/** Relative to the project's folder when the path lies in it. */
export function shortPath(path: string, root: string): string {
  const inside = root !== '' && (path.startsWith(`${root}/`) || path.startsWith(`${root}\\`));
  return inside ? path.slice(root.length + 1) : path;
}

/** The texts of a result: a string, content blocks, or the string fields of an object. */
function resultText(response: unknown): string {
  if (typeof response === 'string') return response;
  if (Array.isArray(response)) return response.map(resultText).filter(Boolean).join('\n');
  const record = fields(response);
  if (record['content'] !== undefined) return resultText(record['content']);
  if (record['result'] !== undefined) return resultText(record['result']);
  return Object.values(record)
    .filter((value) => typeof value === 'string')
    .join('\n');
}

function fields(value: unknown): Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : {};
}

function number(value: unknown): number | null {
  return typeof value === 'number' && Number.isFinite(value) ? value : null;
}

/** Milliseconds as a whole number; the column takes no other. */
function wholeNumber(value: unknown): number | null {
  const known = number(value);
  return known === null || !Number.isSafeInteger(Math.round(known)) ? null : Math.max(0, Math.round(known));
}
