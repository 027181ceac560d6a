import type { AskAnswer, AskEvent, AskSource } from '../../../shared/ask-views.ts';
import { moneyMessages } from '../../../shared/messages/cli-money.ts';
import { fill } from '../../../shared/messages/fill.ts';
import { CliError, exitCodes } from '../cli-error.ts';
import type { CliContext } from '../cli-context.ts';
import { printable } from '../layout.ts';
import { projectId } from '../project-option.ts';
import { styled } from '../terminal.ts';
import { timeOption } from '../time-option.ts';
import { connectWorker } from '../worker-client.ts';
import { subscribe } from '../worker-stream.ts';
import { dollars } from './costs.ts';

export interface AskOptions {
  project?: string;
  since?: string;
  until?: string;
  json?: boolean;
}

/** `cmem ask`: an answer from memory as it grows, then the sources that it cites. */
export async function askCommand(context: CliContext, words: readonly string[], options: AskOptions): Promise<number> {
  const { terminal } = context;
  const client = connectWorker(context);
  const project_id = options.project === undefined ? undefined : await projectId(client, options.project, context);
  const since = timeOption('--since', options.since, context);
  const until = timeOption('--until', options.until, context);
  const request = { question: words.join(' '), project_id, since, until };
  let shown = '';
  for await (const event of subscribe<AskEvent>(client, 'ask.stream', request, context)) {
    if (event.type === 'text' && options.json !== true) {
      terminal.write(lines(event.delta));
      shown += event.delta;
    }
    if (event.type !== 'done') continue;
    const { answer } = event;
    // What a model had begun to say before it failed is not the answer.
    const rest = shown === answer.text ? '' : `${shown === '' ? '' : '\n\n'}${lines(answer.text)}`;
    context.print(answer, () => `${rest}\n${footer(answer, context)}`.trimEnd());
    return exitCodes.ok;
  }
  throw new CliError('NO_ANSWER', context.text.errors.error);
}

/** What a model wrote, line by line: nothing in it may move the cursor. */
function lines(text: string): string {
  return text.split('\n').map(printable).join('\n');
}

function footer(answer: AskAnswer, context: CliContext): string {
  const { terminal } = context;
  const messages = moneyMessages[terminal.locale];
  const faint = (line: string) => styled(terminal, 'dim', line);
  const { sources, fallback_reason: reason, model, cost } = answer;
  const notes = reason === null ? [] : [faint(fill(messages.fallback, { reason: printable(reason) }))];
  if (model !== null && cost !== null) {
    const tokens = cost.input_tokens + cost.output_tokens;
    notes.push(faint(fill(messages.by_model, { model: printable(model), tokens, cost: dollars(cost.cost_usd) })));
  }
  const listed =
    sources.length === 0 ? [] : ['', `${messages.sources}:`, ...sources.map((one) => toLine(one, context))];
  return [...listed, ...(notes.length === 0 ? [] : ['', ...notes])].join('\n');
}

function toLine(
  { number, kind, title, session_title, project_name, occurred_at }: AskSource,
  context: CliContext,
): string {
  const { terminal } = context;
  const about = [moneyMessages[terminal.locale].kinds[kind], project_name, occurred_at.slice(0, 10), session_title];
  const place = about.filter((part) => part !== null && part !== title).map((part) => printable(part ?? ''));
  return `${styled(terminal, 'cyan', `[${number}]`)} ${printable(title)}  ${styled(terminal, 'dim', place.join(' · '))}`;
}
