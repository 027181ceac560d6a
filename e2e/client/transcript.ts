import { readFileSync, readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { z } from 'zod';

const line = z.looseObject({
  sessionId: z.string().optional(),
  agentId: z.string().optional(),
  message: z.looseObject({ content: z.union([z.string(), z.array(z.looseObject({ type: z.string() }))]) }).optional(),
});
const toolUse = z.looseObject({ type: z.literal('tool_use'), id: z.string(), name: z.string(), input: z.unknown() });
const toolResult = z.looseObject({
  type: z.literal('tool_result'),
  tool_use_id: z.string(),
  is_error: z.boolean().optional(),
});

export interface RecordedCall {
  sessionId: string;
  tool: string;
  input: unknown;
  failed: boolean;
  agentId: string | null;
}

/** Every tool call that the client wrote down, its subagents' included. */
export function recordedCalls(configDir: string): RecordedCall[] {
  const calls = new Map<string, RecordedCall>();
  for (const path of transcriptFiles(configDir)) {
    for (const text of readFileSync(path, 'utf8').split('\n')) {
      if (text === '') continue;
      const entry = line.parse(JSON.parse(text));
      const content = entry.message?.content;
      if (!Array.isArray(content)) continue;
      for (const part of content) {
        const use = toolUse.safeParse(part);
        const sessionId = entry.sessionId ?? basename(path, '.jsonl');
        if (use.success) {
          const { id, name: tool, input } = use.data;
          calls.set(id, { sessionId, tool, input, failed: false, agentId: entry.agentId ?? null });
        }
        const result = toolResult.safeParse(part);
        const call = result.success ? calls.get(result.data.tool_use_id) : undefined;
        if (call !== undefined && result.data?.is_error === true) call.failed = true;
      }
    }
  }
  return [...calls.values()];
}

function transcriptFiles(configDir: string): string[] {
  return readdirSync(join(configDir, 'projects'), { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.jsonl'))
    .map((path) => join(configDir, 'projects', path));
}
