import { injectionKinds, type ContextPreview, type InjectionKind } from '../../../shared/context-views.ts';
import { fill } from '../../../shared/messages/fill.ts';
import { CliError, exitCodes } from '../cli-error.ts';
import type { CliContext, CommonOptions } from '../cli-context.ts';
import { printable, table } from '../layout.ts';
import { fileOfProject, projectId, projectOfFolder } from '../project-option.ts';
import { sessionId } from '../session-option.ts';
import { styled } from '../terminal.ts';
import { connectWorker } from '../worker-client.ts';

export interface ContextOptions extends CommonOptions {
  project?: string;
  session?: string;
  kind?: string;
  prompt?: string;
  file?: string;
  why?: boolean;
}

/** `cmem context`: what an agent would be given, byte for byte; with --why, why each line is there. */
export async function contextCommand(context: CliContext, options: ContextOptions): Promise<number> {
  const kind = kindOf(options, context);
  checkSubject(kind, options, context);
  const client = connectWorker(context);
  const { project, session, prompt } = options;
  const project_id =
    project === undefined
      ? await projectOfFolder(client, process.cwd(), context)
      : await projectId(client, project, context);
  const file = options.file && (await fileOfProject(client, project_id, options.file, process.cwd()));
  const session_id = session === undefined ? undefined : await sessionId(client, session, context);
  const request = { project_id, session_id, kind, prompt, file };
  const preview = await client.call((api) => api.context.preview.query(request));
  if (preview.text === '' && options.json !== true) sayNothing(preview, context);
  else context.print(preview, () => (options.why === true ? reasons(preview, context) : preview.text.trimEnd()));
  return exitCodes.ok;
}

/** A prompt or a file says by itself what is meant. */
function kindOf({ kind, prompt, file }: ContextOptions, { text }: CliContext) {
  if (kind === undefined) return prompt !== undefined ? 'prompt' : file !== undefined ? 'file' : 'startup';
  const known = injectionKinds.find((name) => name === kind);
  if (known !== undefined) return known;
  const message = fill(text.errors.invalid_kind, { value: kind, known: injectionKinds.join(', ') });
  throw new CliError('USAGE', message, exitCodes.usage);
}

/** A prompt belongs to the kind `prompt` and a file to `file`: what would be left aside is refused. */
function checkSubject(kind: InjectionKind, { prompt, file }: ContextOptions, { text }: CliContext): void {
  if ((kind === 'prompt') === (prompt !== undefined) && (kind === 'file') === (file !== undefined)) return;
  throw new CliError('USAGE', text.errors.kind_and_subject, exitCodes.usage);
}

/** Beside the answer, which is what an agent would be given: not a byte. */
function sayNothing({ enabled }: ContextPreview, { text, terminal }: CliContext): void {
  terminal.error(styled(terminal, 'dim', enabled ? text.context.nothing : text.context.off));
}

function reasons(preview: ContextPreview, context: CliContext): string {
  const { text, terminal } = context;
  const rows = preview.lines.map((line) => [
    text.context.reasons[line.reason],
    line.value.toFixed(2),
    String(line.tokens),
    printable(line.text),
  ]);
  const { lines, tokens, budget_tokens, characters, left_out } = preview;
  const total = fill(text.context.total, { lines: lines.length, tokens, budget_tokens, characters, left_out });
  return `${table(rows)}\n\n${styled(terminal, 'dim', total)}`;
}
