import type { LearningCategory } from '../../../shared/learning-views.ts';
import { isMachinePrompt } from '../../../shared/machine-prompt.ts';
import { shortHash } from './command-key.ts';
import { languageOf, longestStatement, type LearningDraft } from './draft.ts';

export interface MemoryFile {
  name: string;
  /** Redacted. */
  text: string;
  /** Milliseconds since 1970. */
  changedAt: number;
}

const mostOfOneFile = 60;

/** What Claude Code noted for itself about a project: each entry of its lists, or a file's own description, as a proposal. */
export function agentMemoryDrafts(files: readonly MemoryFile[], projectId: string): LearningDraft[] {
  return files.flatMap(({ name, text, changedAt }) =>
    entriesOf(text)
      .slice(0, mostOfOneFile)
      .map(({ statement, heading, type }): LearningDraft => ({
        category: categoryOf(statement, heading, type),
        statement,
        detail: null,
        language: languageOf(statement),
        scope: 'project',
        path: null,
        source: 'agent_memory',
        origin: `agent_memory:${projectId}:${shortHash(statement)}`,
        evidence: [{ quote: `${name}: ${statement}`, observationPk: null, sessionPk: null, occurredAt: changedAt }],
      })),
  );
}

interface Entry {
  statement: string;
  heading: string;
  type: string;
}

const item = /^\s{0,3}(?:[-*+]|\d{1,2}[.)])\s+(.+)$/;
/** An index of other files says nothing itself. */
const pointer = /^\[[^\]]*\]\([^)]+\)|\]\([^)]+\.md\)|^\S+\.md\b/i;

function entriesOf(text: string): Entry[] {
  const { front, body } = splitFront(text);
  const type = /^type:\s*(\w+)/m.exec(front)?.[1] ?? /^\s+type:\s*(\w+)/m.exec(front)?.[1] ?? '';
  const entries: Entry[] = [];
  let heading = '';
  let isCode = false;
  for (const line of body.split('\n')) {
    if (/^\s*(?:```|~~~)/.test(line)) isCode = !isCode;
    if (isCode) continue;
    const title = /^#{1,6}\s+(.+)$/.exec(line)?.[1];
    if (title !== undefined) {
      heading = title;
      continue;
    }
    const said = item.exec(line)?.[1];
    const statement = said === undefined || pointer.test(said) ? null : asStatement(said);
    if (statement !== null) entries.push({ statement, heading, type });
  }
  const description = asStatement(/^description:\s*(.+)$/m.exec(front)?.[1]?.replaceAll(/^["']|["']$/g, '') ?? '');
  return entries.length === 0 && description !== null ? [{ statement: description, heading, type }] : entries;
}

function splitFront(text: string): { front: string; body: string } {
  const found = /^---\r?\n([^]*?)\r?\n---\r?\n?/.exec(text);
  return found === null ? { front: '', body: text } : { front: found[1] ?? '', body: text.slice(found[0].length) };
}

function asStatement(text: string): string | null {
  const bare = text
    .replaceAll(/\*\*|__/g, '')
    .replaceAll(/\s+/g, ' ')
    .trim();
  const language = languageOf(bare);
  const enough = language === 'zh' ? bare.length >= 6 : bare.split(' ').length >= 3;
  if (!enough || bare.length > longestStatement || bare.includes('[REDACTED:') || isMachinePrompt(bare)) return null;
  if (/[:：]$/.test(bare) || /[?？]$/.test(bare)) return null;
  return /[.!。！]$/.test(bare) ? bare : `${bare}${language === 'zh' ? '。' : '.'}`;
}

function categoryOf(statement: string, heading: string, type: string): LearningCategory {
  const about = `${heading} ${type}`.toLowerCase();
  if (/prefer|user|feedback|style|偏好|用户/.test(about)) return 'preference';
  if (/pitfall|gotcha|caveat|warning|bug|陷阱|注意/.test(about)) return 'pitfall';
  if (/convention|naming|约定|规范/.test(about)) return 'convention';
  if (/command|workflow|build|test|run|命令|流程/.test(about)) return 'workflow';
  if (/decision|决定/.test(about)) return 'decision';
  return /\b(?:always|never|must|should|don['’]t)\b|必须|不要|总是|一律|禁止/iu.test(statement)
    ? 'best_practice'
    : 'fact';
}
