import { posix, win32 } from 'node:path';
import type { CapturedEvent } from './captured-event.ts';
import { toolFile } from './tool-file.ts';

/** What stands where the contents of an excluded file were. */
export const excluded = '[excluded]';

/** Of a call, what tells nothing of the file but that it was used. */
const keptFields = new Set(['tool_name', 'duration_ms', 'permission_mode', 'change_type', 'is_interrupt']);
const contentFields = ['tool_response', 'error', 'content'];

/** The event without what a tool read from or wrote to a file that is excluded; the event itself when it is about none. */
export function withoutExcluded(event: CapturedEvent, isExcluded: (path: string) => boolean): CapturedEvent {
  const { payload } = event;
  const path = pathOf(payload);
  if (path === null || !isExcluded(placed(path, event.cwd))) return event;
  const kept = Object.entries(payload).filter(([name]) => keptFields.has(name));
  const elided = contentFields.filter((name) => name in payload).map((name): [string, unknown] => [name, excluded]);
  const place = 'tool_input' in payload ? { tool_input: { file_path: path } } : { file_path: path };
  return { ...event, payload: { ...Object.fromEntries([...kept, ...elided]), ...place } };
}

/** The same for the calls that a transcript's reader keeps until it has seen their results; JSON in, JSON out. */
export function withoutExcludedCalls(state: string, cwd: string | null, isExcluded: (path: string) => boolean): string {
  return JSON.stringify(JSON.parse(state), (key, value: unknown) => {
    if (key !== 'input') return value;
    const path = inputPath(value);
    return path !== null && isExcluded(placed(path, cwd)) ? { file_path: path } : value;
  });
}

/** Where a path leads for an agent that stands in that folder. */
function placed(path: string, cwd: string | null): string {
  return cwd === null || posix.isAbsolute(path) || win32.isAbsolute(path) ? path : `${cwd}/${path}`;
}

function pathOf(payload: Record<string, unknown>): string | null {
  const named = payload['file_path'];
  return inputPath(payload['tool_input']) ?? (typeof named === 'string' ? named : null);
}

/** The file that a tool works on, or the folder that it looks through. */
function inputPath(input: unknown): string | null {
  const file = toolFile(input);
  if (file !== undefined) return file;
  if (typeof input !== 'object' || input === null || !('path' in input)) return null;
  return typeof input.path === 'string' ? input.path : null;
}
