import { visibleLines } from '../../../shared/visible-text.ts';
import { toolBlocks, type ToolBlock } from '../timeline/tool-blocks.ts';

/** What of its input each tool goes by: another field, put in by an agent, must not make another change of it. */
const changing: Readonly<Record<string, readonly string[]>> = {
  Edit: ['file_path', 'old_string', 'new_string'],
  MultiEdit: ['file_path', 'edits'],
  Write: ['file_path', 'content'],
};

type Fields = Readonly<Record<string, unknown>>;

/**
 * The change to a file that a tool asks leave for, as the timeline would show it, with every character to be seen; none for other tools and
 * for an input that is not of the expected form.
 */
export function changeBlocks(tool: string, input: Fields): ToolBlock[] {
  const names = changing[tool];
  if (names === undefined) return [];
  const known = Object.fromEntries(names.map((name) => [name, visible(input[name])]));
  const blocks = toolBlocks({ tool, input: known, result: null, error: null });
  if (!blocks.every(({ title }) => title === 'block.change' || title === 'block.content')) return [];
  // Nothing is left out of a question; a line that says so is the agent's own.
  return blocks.map((block) => ({ ...block, lines: block.lines.map(({ elided: _claim, ...line }) => line) }));
}

/** Whether one of the replacements is made wherever its text stands. */
export function replacesEveryPlace(tool: string, input: Fields): boolean {
  const edits = tool === 'MultiEdit' ? input['edits'] : [input];
  return (tool === 'Edit' || tool === 'MultiEdit') && Array.isArray(edits) && edits.some(isForAll);
}

function isForAll(edit: unknown): boolean {
  return typeof edit === 'object' && edit !== null && 'replace_all' in edit && edit.replace_all === true;
}

/** The same value with its texts as they can be seen. */
function visible(value: unknown): unknown {
  if (typeof value === 'string') return visibleLines(value);
  if (Array.isArray(value)) return value.map(visible);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, visible(each)]));
}
