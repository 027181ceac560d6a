import type { ContextLine } from '../../../shared/context-views.ts';
import { candidate } from './candidate.ts';
import { day, quoted } from './quoted.ts';
import type { RememberedRow } from './rule-rows.ts';

const longestMemory = 320;

/** What somebody asked to be remembered and what holds now; what is of the moment comes before what is so. */
export function rememberedLines(memories: readonly RememberedRow[]): ContextLine[] {
  return memories.map((memory) =>
    candidate({
      section: 'remembered',
      reason: 'remembered',
      text: `- ${day(memory.valid_from)}: ${quoted(memory.text, longestMemory)}`,
      value: (memory.type === 'working' ? 0.5 : 0.4) + 0.45 * memory.importance,
      memory: memory.id,
    }),
  );
}
