import { sanitize } from './sanitize.ts';
import { toolFile } from './tool-file.ts';

/** What a tool works on, as the agent said it. It is compared with rules in memory only and never stored: it may hold secrets. */
export interface AskSubject {
  /** command: a POSIX shell's. script: another shell's. input: the whole input as JSON. */
  kind: 'command' | 'script' | 'path' | 'url' | 'input';
  text: string;
}

/** A question of an agent, before anybody has looked at it. */
export interface PermissionAsk {
  tool: string;
  subject: AskSubject;
  /** Redacted and cut to size. */
  input: unknown;
  permissionMode: string | null;
  /** Whether the redacted input still shows all that matters. */
  isShownWhole: boolean;
  /** Asks to leave the sandbox; no rule was made with that in mind. */
  leavesSandbox: boolean;
}

/** These ask the person something that only the terminal can show and answer. */
const terminalTools: ReadonlySet<string> = new Set(['AskUserQuestion', 'EnterPlanMode', 'ExitPlanMode']);
const commandTools: ReadonlySet<string> = new Set(['Bash']);

/** Reads the body of a PermissionRequest hook; null when the terminal alone can deal with it: an unknown shape, or a dialog. */
export function readPermissionAsk(fields: Record<string, unknown>): PermissionAsk | null {
  const { tool_name: tool, tool_input: input, permission_mode: mode } = fields;
  if (typeof tool !== 'string' || tool === '' || terminalTools.has(tool) || !isRecord(input)) return null;
  const subject = subjectOf(tool, input);
  if (subject === null) return null;
  const shown = sanitize(input, toolFile(input));
  const isShownWhole =
    subject.kind === 'path'
      ? isWhole(subject.text, String(sanitize(subject.text)))
      : isWhole(JSON.stringify(input), JSON.stringify(shown));
  return {
    tool,
    subject,
    input: shown,
    permissionMode: typeof mode === 'string' ? mode : null,
    isShownWhole,
    // The client takes words for it too.
    leavesSandbox: ![undefined, null, false, 'false'].some((off) => off === input['dangerouslyDisableSandbox']),
  };
}

/** What a call of that tool works on, to find the question that was asked about it; null for an unknown shape. */
export function subjectText(tool: unknown, input: unknown): string | null {
  return typeof tool === 'string' && isRecord(input) ? (subjectOf(tool, input)?.text ?? null) : null;
}

/** A field with the right name and the wrong type makes the whole question one that nobody here understands. */
function subjectOf(tool: string, input: Record<string, unknown>): AskSubject | null {
  const { command, url } = input;
  if (commandTools.has(tool)) return typeof command === 'string' ? { kind: 'command', text: command } : null;
  if (tool.startsWith('mcp__')) return { kind: 'input', text: JSON.stringify(input) };
  if (command !== undefined) return typeof command === 'string' ? { kind: 'script', text: command } : null;
  const { file_path: file, notebook_path: notebook } = input;
  // Which of two the tool works on is the tool's to know.
  if (file !== undefined && notebook !== undefined) return null;
  const path = file ?? notebook;
  if (path !== undefined) return typeof path === 'string' ? { kind: 'path', text: path } : null;
  if (url !== undefined) return typeof url === 'string' ? { kind: 'url', text: url } : null;
  return { kind: 'input', text: JSON.stringify(input) };
}

/**
 * True when what was left out can only be secrets: what stands in the original for each mark has no character with which
 * a shell, or a reader, could be told something else.
 */
export function isWhole(original: string, shown: string): boolean {
  if (original === shown) return true;
  const pieces = shown.split(/\[REDACTED:[a-z_]+\]/);
  let at = 0;
  for (const [index, piece] of pieces.entries()) {
    const isLast = index === pieces.length - 1;
    const found = isLast ? Math.max(at, original.length - piece.length) : original.indexOf(piece, at);
    if (found < 0 || original.slice(found, found + piece.length) !== piece) return false;
    const hidden = original.slice(at, found);
    if (index === 0 ? hidden !== '' : !/^[\w.+/=:@%~-]{1,4000}$/.test(hidden)) return false;
    at = found + piece.length;
  }
  return at === original.length;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
