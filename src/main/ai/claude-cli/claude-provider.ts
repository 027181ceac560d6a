import { mkdir } from 'node:fs/promises';
import { createDeadline, type Deadline, type Timeouts } from '../deadline.ts';
import { extractJson } from '../extract-json.ts';
import { passing, unusable, withoutKeys, type Asked } from '../failures.ts';
import { ModelError, type ModelProvider, type ModelReply, type ModelRequest } from '../model.ts';
import { lastOf, type Streamed } from '../stream-events.ts';
import { claudeEnvironment } from './claude-environment.ts';
import { failureIn, modelIn, readLine, usageIn, type ClaudeResult } from './claude-output.ts';
import { findClaude } from './find-claude.ts';
import { runProgram, type ProgramEnd } from './run-program.ts';

export interface ClaudeAccess {
  /** Null looks it up. */
  path: string | null;
  /** Where it runs: ours and empty, so that it finds no project, and whatever it should leave behind can be told by its folder. */
  folder: string;
  env: Readonly<Record<string, string | undefined>>;
  timeouts?: Partial<Timeouts>;
}

/** Asked for a whole answer it says nothing before its end. */
const timeouts: Timeouts = { overallMs: 300_000, firstMs: 300_000, idleMs: 120_000 };
const who = 'Claude Code';

/**
 * The person's own `claude` program in print mode: their login, and nothing else of theirs. No tools, hooks, settings, servers
 * or skills; no session is kept. `docs/decisions/011-models.md` says what each argument is for.
 */
export function createClaudeProvider(access: ClaudeAccess): ModelProvider {
  async function* run(
    request: ModelRequest,
    format: readonly string[],
    signal: AbortSignal,
  ): AsyncGenerator<Streamed, void, undefined> {
    const asked: Asked = { who, model: request.model, key: null };
    const program = await findClaude(access.path, access.env);
    if (program === null) throw notFound(access.path);
    await mkdir(access.folder, { recursive: true });
    const deadline = createDeadline({ ...timeouts, ...access.timeouts }, signal);
    let result: ClaudeResult | null = null;
    const lines = runProgram(
      {
        program,
        args: [...argumentsFor(request), ...format],
        cwd: access.folder,
        env: claudeEnvironment(access.env, request.maxOutputTokens),
        input: inputFor(request.prompt),
      },
      deadline.signal,
    );
    try {
      let next = await lines.next();
      for (; next.done !== true; next = await lines.next()) {
        deadline.heard();
        const line = readLine(next.value);
        if (line === null) continue;
        if ('delta' in line) yield { delta: clean(line.delta) };
        else ({ result } = line);
      }
      yield { reply: replyOf(asked, request, result, next.value) };
    } catch (error) {
      throw whatHappened(error, asked, deadline, signal);
    } finally {
      deadline.close();
      // What nobody reads on is killed; one that has ended is left as it is.
      await lines.return({ exitCode: null, stderr: '' });
    }
  }

  return {
    kind: 'claude-cli',
    complete: (request, signal) => lastOf(run(request, ['--output-format', 'json'], signal)),
    // Pieces are only told with the events of the stream, and those only with --verbose.
    stream: (request, signal) =>
      run(request, ['--output-format', 'stream-json', '--verbose', '--include-partial-messages'], signal),
  };
}

function argumentsFor({ model, system, schema }: ModelRequest): string[] {
  // Its own way to structured output makes the model call a tool, which doubles the requests.
  const rules =
    schema === null
      ? system
      : `${system}\n\nAnswer with JSON alone, without a code fence, that fits this JSON Schema:\n${JSON.stringify(schema.json)}`;
  return [
    '--print',
    '--model',
    model,
    '--system-prompt',
    rules,
    '--tools',
    '',
    '--strict-mcp-config',
    '--disable-slash-commands',
    '--setting-sources',
    '',
    '--settings',
    JSON.stringify({ disableAllHooks: true }),
    '--no-session-persistence',
  ];
}

const wordJoiner = '\u2060';

/** In print mode too a line that begins with / is a command, and @name a file to be read: neither is for the material to ask. */
function inputFor(prompt: string): string {
  return `<request>\n${prompt.replaceAll(/@(?=\S)/g, `@${wordJoiner}`)}\n</request>\n`;
}

function clean(text: string): string {
  return text.replaceAll(`@${wordJoiner}`, '@');
}

function replyOf(asked: Asked, request: ModelRequest, result: ClaudeResult | null, end: ProgramEnd): ModelReply {
  if (result === null) throw withoutAnswer(asked, end);
  if (result.is_error) throw failureIn(asked, result, Date.now());
  const usage = usageIn(result);
  const text = clean(result.result);
  if (result.stop_reason === 'refusal') throw unusable.declined(asked, usage);
  if (text.trim() === '') throw unusable.empty(asked, usage);
  return {
    text,
    value: request.schema === null ? undefined : extractJson(text),
    model: modelIn(result) ?? request.model,
    usage,
  };
}

/** It ended without a result: it did not understand how it was called, or it crashed. */
function withoutAnswer(asked: Asked, { exitCode, stderr }: ProgramEnd): ModelError {
  const said = withoutKeys(stderr, null).replaceAll(/\s+/g, ' ').trim().slice(0, 200);
  if (/unknown option|unknown argument/i.test(said)) {
    return new ModelError(
      'setup',
      `This Claude Code is too old for what is asked of it (${said}). Update it with \`claude update\`.`,
    );
  }
  if (exitCode === null) return passing.brokenOff(asked);
  const words = said === '' ? '' : ` It says: ${said}`;
  return new ModelError(
    'transient',
    `${asked.who} ended with code ${exitCode} and no answer; it is asked again by itself.${words}`,
  );
}

function whatHappened(error: unknown, asked: Asked, deadline: Deadline, signal: AbortSignal): unknown {
  if (signal.aborted) return signal.reason;
  const missed = deadline.missed();
  if (missed !== null) return passing[missed.what](asked, missed.afterMs);
  if (error instanceof ModelError) return error;
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  if (code === 'E2BIG' || code === 'ENAMETOOLONG') return unusable.tooLong(asked, null);
  return code === ''
    ? error
    : new ModelError('setup', `The program \`claude\` cannot be started (${code}). Check its path in the settings.`);
}

function notFound(path: string | null): ModelError {
  return new ModelError(
    'setup',
    path === null
      ? 'The program `claude` was not found. Install Claude Code, or enter where it is in the settings.'
      : 'There is no program that can be run at the path that was entered for `claude`. Check it in the settings.',
  );
}
