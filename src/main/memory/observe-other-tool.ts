import type { ObservationContent } from '../../shared/views.ts';
import { firstLine, headAndTail, plainText, shorten } from './excerpts.ts';
import { draft, fields, filePath, joined, resultText, type Fields, type ToolCall } from './observe-fields.ts';

/** Names of arguments that say what a call is about, whatever the tool. */
const telling =
  /^(?:title|subject|summary|query|q|question|search|prompt|command|expression|sql|url|uri|path|name|message|text|content|body)$/i;
/** Arguments are looked at so many and so deep; what lies beyond names nothing. */
const mostArguments = 50;
const deepest = 6;
const shownArguments = 8;

interface Argument {
  key: string;
  text: string;
}

/** MCP tools and whatever comes later: the arguments' texts title it, the result's text describes it. */
export function otherTool(call: ToolCall): ObservationContent {
  const { server, name } = splitName(call.tool);
  const given = argumentsOf(call.input);
  const useful = given.filter(({ text }) => isUseful(text));
  const subject = (useful.find(({ key }) => telling.test(key)) ?? useful[0])?.text ?? '';
  const title = firstLine(subject);
  const path = filePath(call);
  return draft(call, {
    type: 'tool',
    title: title || name,
    // A title that is the tool's name leaves only the server to be said.
    subtitle: title === '' ? server : [server, name].filter(Boolean).join(' · '),
    facts: given
      .filter(({ text }) => text !== subject)
      .slice(0, shownArguments)
      .map(({ key, text }) => `${shorten(key, 60)}: ${firstLine(text, 200)}`),
    narrative: joined(
      // A one-line subject is the title already; keeping it twice would count its words twice.
      subject.trim() === title ? '' : headAndTail(subject, 1_000, 0),
      headAndTail(resultText(call.response), 1_200, 300),
    ),
    files_read: path ? [path] : [],
    importance: 0.3,
  });
}

/** `mcp__github__create_issue` → github and create_issue; other tools have no server. */
function splitName(tool: string): { server: string | null; name: string } {
  const [, server, name] = /^mcp__(.+?)__(.+)$/.exec(tool) ?? [];
  return server === undefined || name === undefined ? { server: null, name: tool } : { server, name };
}

/** The texts of the input in the order in which they stand there, those of lists under the list's name. */
function argumentsOf(input: Fields): Argument[] {
  const found: Argument[] = [];
  const look = (key: string, value: unknown, depth: number) => {
    if (found.length >= mostArguments || depth > deepest) return;
    const text = plainText(value);
    if (text.trim() !== '') found.push({ key, text });
    else if (Array.isArray(value)) for (const inner of value) look(key, inner, depth + 1);
    else for (const [name, inner] of Object.entries(fields(value))) look(name, inner, depth + 1);
  };
  look('', input, 0);
  return found;
}

const identifier = /^(?:[0-9a-f]{8}-[0-9a-f-]{27}|[0-9a-f]{16,})$/i;

/** Something a person can read: a Chinese character or two letters in a row, and no bare id. */
function isUseful(text: string): boolean {
  return /\p{Script=Han}|\p{L}{2}/u.test(text) && !identifier.test(text.trim());
}
