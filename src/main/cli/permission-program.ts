import type { Command } from 'commander';
import { permissionMessages } from '../../shared/messages/cli-permissions.ts';
import type { CommonOptions } from './cli-context.ts';
import { addListingGroup } from './command-group.ts';
import {
  decidePermissionCommand,
  permissionRulesCommand,
  permissionsCommand,
  type PermissionDecisionOptions,
  type PermissionsOptions,
} from './commands/permissions.ts';
import type { ProgramParts } from './memory-program.ts';

/** `cmem permissions`: what agents ask leave for. */
export function addPermissionCommands(parts: ProgramParts): void {
  const { terminal, add, run } = parts;
  const { help } = permissionMessages[terminal.locale];
  const texts = { group: help.permissions, list: help.list };
  const { group: permissions, list } = addListingGroup(parts, 'permissions', texts);

  list
    .option('--all', help.all)
    .action((_options, command: Command) => run<PermissionsOptions & CommonOptions>(permissionsCommand)(command));

  for (const behavior of ['allow', 'deny'] as const) {
    const decide = add(permissions, behavior, help[behavior])
      .argument('<id>', help.id)
      .option('--remember', help.remember)
      .option('--pattern <pattern>', help.pattern)
      .option('--everywhere', help.everywhere)
      .action((id: string, _options, command: Command) =>
        run<PermissionDecisionOptions & CommonOptions>((context, options) =>
          decidePermissionCommand(context, id, behavior, options),
        )(command),
      );
    if (behavior === 'deny') decide.option('--message <text>', help.message);
  }

  add(permissions, 'rules', help.rules).action((_options, command: Command) => run(permissionRulesCommand)(command));
}
