import type { ObservationContent } from '../../shared/views.ts';
import { firstLine, plainText } from './excerpts.ts';

/** JSON of another program: nothing is known of its values. */
export type Fields = Record<string, unknown>;

/** One use of a tool; `input` and `response` are what the agent sent, not checked yet. */
export interface ToolCall {
  tool: string;
  input: Fields;
  response: unknown;
  error: string;
  failed: boolean;
  /** The project's folder, for short paths. */
  root: string;
  durationMs: number | null;
}

/** An observation with what its rule says; a tool without a title is titled by its own name. */
export function draft(
  call: ToolCall,
  part: Partial<ObservationContent> & Pick<ObservationContent, 'type' | 'title' | 'importance'>,
): ObservationContent {
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
    title: firstLine(part.title, 300) || call.tool,
  };
}

/** The parts that say something, a line each; null when none does. */
export function joined(...parts: readonly string[]): string | null {
  return parts.filter(Boolean).join('\n') || null;
}

/** The path that the call works on; empty when it names none. */
export function filePath(call: ToolCall): string {
  return plainText(call.input['file_path']) || plainText(call.input['notebook_path']);
}

/** Relative to the project's folder when the path lies in it. */
export function shortPath(path: string, root: string): string {
  const inside = root !== '' && (path.startsWith(`${root}/`) || path.startsWith(`${root}\\`));
  return inside ? path.slice(root.length + 1) : path;
}

/** The texts of a result: a string, content blocks (pictures left out), or the string fields of an object. */
export function resultText(response: unknown): string {
  if (typeof response === 'string') return plainText(response);
  if (Array.isArray(response)) return response.map(resultText).filter(Boolean).join('\n');
  const record = fields(response);
  if (record['type'] === 'image' || record['type'] === 'audio') return '';
  for (const key of ['content', 'result', 'results', 'text', 'resource']) {
    if (record[key] !== undefined && record[key] !== null) return resultText(record[key]);
  }
  return Object.values(record).map(plainText).filter(Boolean).join('\n');
}

/** The value's fields when it is an object, else none. */
export function fields(value: unknown): Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : {};
}

/** The value when it is a list, each element as fields; empty otherwise. */
export function records(value: unknown): Fields[] {
  return Array.isArray(value) ? value.map(fields) : [];
}

/** The value when it is a number that can be reckoned with. */
export function number(value: unknown): number | null {
  return typeof value === 'number' && Number.isFinite(value) ? value : null;
}

/** Milliseconds as a whole number; the column takes no other. */
export function wholeNumber(value: unknown): number | null {
  const known = number(value);
  return known === null || !Number.isSafeInteger(Math.round(known)) ? null : Math.max(0, Math.round(known));
}
