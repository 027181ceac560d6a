import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const folder = join(import.meta.dirname, '../../../../e2e/fixtures/recorded');

export const recordedSessions = [
  'fix-lock-timeout',
  'interactive-permission',
  'subagent-and-permission',
  'zh-session',
] as const;
export type RecordedSession = (typeof recordedSessions)[number];

/** The hook bodies of a real session, in order. */
export function recordedHooks(name: RecordedSession): string[] {
  return lines(join(folder, `${name}.hooks.jsonl`));
}

export function recordedTranscript(name: RecordedSession): string {
  return join(folder, `${name}.transcript.jsonl`);
}

function lines(file: string): string[] {
  return readFileSync(file, 'utf8').trim().split('\n');
}
