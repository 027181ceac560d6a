import type { HookAnswer } from '../http/hook-route.ts';
import type { ContextLine, ContextPreview } from '../../shared/context-views.ts';
import type { ContextServiceParts } from './context-service.ts';
import type { GivenContext, HookAck, WantedContext } from './thread-messages.ts';

/** What is not ready by then is left out: an agent never waits for its memory. In milliseconds. */
export interface ContextTimeouts {
  start: number;
  prompt: number;
  /** Of the prompt's vector; an endpoint that takes longer is not waited for, words answer alone. */
  vector: number;
}

export const contextTimeouts: ContextTimeouts = { start: 1_000, prompt: 300, vector: 150 };
/** Recalls at the same time; people seldom send more prompts at once, replays of whole sessions do (bench: ingest). */
const mostRecalls = 2;
/** Claude Code takes 10,000 characters of a hook's text; what would go beyond is left for another time. */
const longestAnswer = 9_900;

interface Ready {
  claim: string;
  sessionId: string;
  given: GivenContext;
}

/** Builds what an acknowledged hook is answered with, and has recorded what was really handed over. */
export function createContextAnswers({ reader, writer, embedding }: ContextServiceParts, timeouts: ContextTimeouts) {
  /** What is being built or handed over: a hook that comes twice at the same time is answered once. */
  const claims = new Set<string>();

  let recalls = 0;

  function handBack(wanted: WantedContext, toldNow: readonly ContextLine[]): Promise<ContextPreview | null> {
    if (wanted.kind === 'prompt') return recall(wanted, toldNow);
    return reader.call('handBack', { ...wanted, file: null, vector: 'off' });
  }

  /** Null when others are being answered: a recall that has to queue would come too late for its prompt. */
  async function recall(wanted: WantedContext, toldNow: readonly ContextLine[]): Promise<ContextPreview | null> {
    if (recalls >= mostRecalls) return null;
    recalls++;
    try {
      const vector = (await withTimeout(embedding.queryVector(wanted.prompt ?? ''), timeouts.vector)) ?? 'failed';
      return await reader.call('handBack', { ...wanted, file: null, toldNow, vector });
    } finally {
      recalls--;
    }
  }

  async function build(wanted: WantedContext, toldNow: readonly ContextLine[]): Promise<Ready | null> {
    const { kind, sessionId, promptId, prompt } = wanted;
    const claim = `${sessionId} ${claimOf(kind, promptId ?? prompt ?? '')}`;
    if (claims.has(claim)) return null;
    claims.add(claim);
    try {
      const preview = await withTimeout(
        handBack(wanted, toldNow),
        kind === 'prompt' ? timeouts.prompt : timeouts.start,
      );
      const given = { kind, agentId: null, promptId, prompt, file: null };
      if (preview?.enabled === true) return { claim, sessionId, given: { ...given, preview } };
      claims.delete(claim);
      return null;
    } catch (error) {
      claims.delete(claim);
      throw error;
    }
  }

  function release({ claim }: Ready): void {
    claims.delete(claim);
  }

  /** The claim ends with the record, which from then on says that it was given. */
  function record(ready: Ready): void {
    const { sessionId, given } = ready;
    // A hook that the writer took just before the record is told of in the same message, and has to meet the claim still.
    const releaseLater = () => setImmediate(release, ready);
    writer.submit({ kind: 'context-given', sessionId, given, at: Date.now() }).then(releaseLater, releaseLater);
  }

  return {
    /** Null when there is nothing to say. Rejects when a reader fails. */
    async answer({ name, wanted, fileHistory }: HookAck): Promise<HookAnswer | null> {
      const all: Ready[] = [];
      const failures: unknown[] = [];
      // One after another, so that a prompt is not told what the start beside it says.
      for (const each of wanted) {
        const toldNow = all.flatMap((ready) => ready.given.preview.lines);
        const ready = await build(each, toldNow).catch((error: unknown) => void failures.push(error));
        if (ready) all.push(ready);
      }
      if (fileHistory !== null) {
        // An agent reads a file in several places at once.
        const claim = `${fileHistory.sessionId} ${fileHistory.given.agentId ?? ''} file ${fileHistory.given.file ?? ''}`;
        if (!claims.has(claim)) all.push({ ...fileHistory, claim });
        claims.add(claim);
      }
      const texts: string[] = [];
      const given: Ready[] = [];
      for (const ready of all) {
        const { text } = ready.given.preview;
        if (text === '') {
          // Nothing to say is an answer too: a session's start is not asked for again.
          if (ready.given.kind === 'prompt') release(ready);
          else record(ready);
        } else if (texts.join('\n').length + text.length < longestAnswer) {
          texts.push(text);
          given.push(ready);
        } else release(ready);
      }
      if (given.length === 0 && failures.length > 0) throw failures[0];
      if (given.length === 0) return null;
      return {
        body: { hookSpecificOutput: { hookEventName: name, additionalContext: texts.join('\n') } },
        settled: (delivered) => given.forEach(delivered ? record : release),
      };
    },
  };
}

/** The first prompt makes up for a start that never came, so these exclude each other. */
function claimOf(kind: WantedContext['kind'], prompt: string): string {
  if (kind === 'prompt') return `prompt ${prompt}`;
  return kind === 'startup' || kind === 'clear' ? 'start' : kind;
}

async function withTimeout<T>(promise: Promise<T>, timeoutMs: number): Promise<T | null> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<null>((resolve) => {
    timer = setTimeout(() => resolve(null), timeoutMs);
  });
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}
