import type { ObservationContent } from '../../shared/views.ts';
import { firstLine, headAndTail, plainText } from './excerpts.ts';
import { observeGiven } from './observe-given.ts';
import { observeTool } from './observe-tool.ts';

/** How much of a prompt or message is searched, in code units. */
const longestNarrative = 6_000;

/**
 * What an event of the ledger means, by rules alone: no model, no clock, no database, so that the ledger can be read again at any time
 * and gives the same. Null for events that are no observation. `root` is the project's folder, for short paths.
 */
export function observe(name: string, payload: Record<string, unknown>, root: string): ObservationContent | null {
  switch (name) {
    case 'PostToolUse':
      return observeTool(payload, root, false);
    case 'PostToolUseFailure':
      return observeTool(payload, root, true);
    case 'UserPromptSubmit':
      return said('request', plainText(payload['prompt']), 0.6);
    case 'AssistantMessage':
      return payload['final'] === true
        ? said('conclusion', plainText(payload['text']), 0.8)
        : said('note', plainText(payload['text']), 0.3);
    case 'PostCompact':
      return said('summary', plainText(payload['compact_summary']), 0.7);
    case 'Observation':
      return observeGiven(payload, root);
    default:
      return null;
  }
}

function said(type: ObservationContent['type'], content: string, importance: number): ObservationContent | null {
  if (content.trim() === '') return null;
  const title = firstLine(content);
  const narrative = headAndTail(content, longestNarrative * 0.75, longestNarrative * 0.25);
  return {
    type,
    tool: null,
    title,
    subtitle: null,
    facts: [],
    // A one-line text is its own title; keeping it twice would count its words twice.
    narrative: narrative === title ? null : narrative,
    concepts: [],
    files_read: [],
    files_changed: [],
    importance,
    failed: false,
    duration_ms: null,
  };
}
