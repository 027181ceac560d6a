import type { ObservationDetail } from '../../../shared/views.ts';
import type { CodeLineView } from '../../ui/code-block.tsx';
import { withoutTerminalControls } from '../../lib/readable.ts';
import { lineDifference } from './line-difference.ts';

export interface ToolBlock {
  key: string;
  title:
    | 'block.input'
    | 'block.result'
    | 'block.error'
    | 'block.command'
    | 'block.output'
    | 'block.change'
    | 'block.content'
    | 'block.task'
    | 'block.answer';
  /** A file's path, instead of the title. */
  name?: string;
  lines: CodeLineView[];
  tone?: 'danger';
  copy?: string;
}

type Fields = Record<string, unknown>;

/** What to show of a tool call, by what the tool is; whatever does not have the expected form is shown as JSON. */
export function toolBlocks(detail: Pick<ObservationDetail, 'tool' | 'input' | 'result' | 'error'>): ToolBlock[] {
  const input = fields(detail.input);
  const shaped = (rules[detail.tool ?? ''] ?? otherTool)(input, detail.result);
  const blocks = shaped.filter((block) => block.lines.length > 0);
  if (detail.error !== null && detail.error !== '') {
    blocks.push({ key: 'error', title: 'block.error', tone: 'danger', lines: plain(detail.error) });
  }
  return blocks;
}

const rules: Record<string, (input: Fields, result: unknown) => ToolBlock[]> = {
  Bash: command,
  PowerShell: command,
  Edit: change,
  MultiEdit: change,
  Write: write,
  Read: read,
  Grep: look,
  Glob: look,
  Agent: delegate,
  Task: delegate,
};

function command(input: Fields, result: unknown): ToolBlock[] {
  const text = string(input['command']);
  if (text === '') return otherTool(input, result);
  const { stdout, stderr } = fields(result);
  return [
    { key: 'command', title: 'block.command', copy: text, lines: text.split('\n').map(promptLine) },
    {
      key: 'output',
      title: 'block.output',
      lines: plain([string(stdout), string(stderr), string(result)].filter(Boolean).join('\n')),
    },
  ];
}

function promptLine(text: string, index: number): CodeLineView {
  return index === 0 ? { text, tone: 'prompt' } : { text };
}

function change(input: Fields, result: unknown): ToolBlock[] {
  const edits = Array.isArray(input['edits']) ? input['edits'].map(fields) : [input];
  const known = edits.every((edit) => typeof edit['old_string'] === 'string' && typeof edit['new_string'] === 'string');
  if (!known) return otherTool(input, result);
  const path = string(input['file_path']);
  return edits.map((edit, index) => ({
    key: `change ${index}`,
    title: 'block.change',
    ...(path !== '' && { name: path }),
    lines: lineDifference(string(edit['old_string']), string(edit['new_string'])),
  }));
}

function write(input: Fields, result: unknown): ToolBlock[] {
  const path = string(input['file_path']);
  if (typeof input['content'] !== 'string') return otherTool(input, result);
  return [
    {
      key: 'content',
      title: 'block.content',
      ...(path !== '' && { name: path }),
      lines: numbered(input['content'], 1),
    },
  ];
}

function read(input: Fields, result: unknown): ToolBlock[] {
  const file = fields(fields(result)['file']);
  const path = string(input['file_path']);
  const name = path === '' ? {} : { name: path };
  if (typeof file['content'] === 'string') {
    const start = typeof file['startLine'] === 'number' ? file['startLine'] : 1;
    return [{ key: 'content', title: 'block.content', ...name, lines: numbered(file['content'], start) }];
  }
  if (typeof result === 'string') return [{ key: 'content', title: 'block.content', ...name, lines: plain(result) }];
  return otherTool(input, result);
}

function look(input: Fields, result: unknown): ToolBlock[] {
  const record = fields(result);
  const names = Array.isArray(record['filenames'])
    ? record['filenames'].filter((name) => typeof name === 'string')
    : [];
  const found = [string(record['content']), names.join('\n'), string(result)].filter(Boolean).join('\n');
  return [json('block.input', input), { key: 'result', title: 'block.result', lines: plain(found) }];
}

function delegate(input: Fields, result: unknown): ToolBlock[] {
  const answer = resultText(result);
  return [
    { key: 'task', title: 'block.task', lines: plain(string(input['prompt'])) },
    answer === '' ? json('block.answer', result) : { key: 'answer', title: 'block.answer', lines: plain(answer) },
  ];
}

function otherTool(input: Fields, result: unknown): ToolBlock[] {
  const text = resultText(result);
  return [
    json('block.input', input),
    text === '' ? json('block.result', result) : { key: 'result', title: 'block.result', lines: plain(text) },
  ];
}

/** The texts of a string or of content blocks, the form in which MCP tools and subagents answer. */
function resultText(result: unknown): string {
  if (typeof result === 'string') return result;
  const content = Array.isArray(result) ? result : fields(result)['content'];
  if (typeof content === 'string') return content;
  if (!Array.isArray(content)) return '';
  return content
    .map((block) => string(fields(block)['text']))
    .filter(Boolean)
    .join('\n\n');
}

function json(title: ToolBlock['title'], value: unknown): ToolBlock {
  const isEmpty =
    value === null || value === undefined || (typeof value === 'object' && Object.keys(value).length === 0);
  return { key: title, title, lines: isEmpty ? [] : plain(JSON.stringify(value, null, 2)) };
}

function plain(text: string): CodeLineView[] {
  return text === ''
    ? []
    : withoutTerminalControls(text)
        .replace(/\n$/, '')
        .split('\n')
        .map((line) => elision(line) ?? { text: line });
}

/** The line that the ledger puts where it left out the middle of a long value. */
function elision(line: string): CodeLineView | null {
  const found = /^\s*"?\[elided: (\d+) (characters|items)\]"?,?$/.exec(line);
  if (!found) return null;
  return { text: line, elided: { count: Number(found[1]), what: found[2] === 'items' ? 'items' : 'characters' } };
}

/** Whether the ledger left out a part of what these blocks show. */
export function isElided(blocks: readonly ToolBlock[]): boolean {
  return blocks.some(({ lines }) => lines.some(({ text }) => text.includes('[elided')));
}

function numbered(text: string, start: number): CodeLineView[] {
  return plain(text).map((line, index) => ({ ...line, number: start + index }));
}

function fields(value: unknown): Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : {};
}

function string(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
