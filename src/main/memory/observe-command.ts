import type { ObservationContent } from '../../shared/views.ts';
import { conceptsOfCommand } from './command-concepts.ts';
import { firstLine, headAndTail, plainText } from './excerpts.ts';
import { draft, fields, joined, type Fields, type ToolCall } from './observe-fields.ts';

/** Bash and its kin: the description titles it when there is one, and the command is never lost. */
export function runCommand(call: ToolCall): ObservationContent {
  const response = fields(call.response);
  // BashOutput names the shell alone; its result says which command runs there.
  const command = plainText(call.input['command']) || plainText(response['command']);
  const description = firstLine(plainText(call.input['description']));
  const output = joined(plainText(response['stdout']), plainText(response['stderr']), plainText(call.response));
  const exitCode = /^Exit code (\d+)/.exec(call.error)?.[1];
  const concepts = conceptsOfCommand(command);
  return draft(call, {
    type: 'command',
    title: description || firstLine(command),
    subtitle: description ? firstLine(command, 300) || null : null,
    facts: [
      ...gitFacts(response),
      ...backgroundFacts(response),
      ...(exitCode === undefined ? [] : [`exit code ${exitCode}`]),
    ],
    narrative: joined(description ? headAndTail(command, 1_000, 200) : '', headAndTail(output ?? '', 700, 1_300)),
    concepts,
    importance: concepts.length > 0 ? 0.45 : 0.35,
  });
}

/** Claude Code reports commits, pushes and pull requests that a command made. */
function gitFacts(response: Fields): string[] {
  const git = fields(response['gitOperation']);
  const commit = fields(git['commit']);
  const pull = fields(git['pr']);
  return [
    ...(plainText(commit['sha']) ? [`commit ${plainText(commit['sha'])} ${plainText(commit['branch'])}`.trim()] : []),
    ...(plainText(pull['url']) ? [`pull request ${plainText(pull['url'])}`] : []),
  ];
}

/** The id under which later calls ask for its output. */
function backgroundFacts(response: Fields): string[] {
  const id = plainText(response['backgroundTaskId']);
  return id ? [`background task ${id}`] : [];
}
