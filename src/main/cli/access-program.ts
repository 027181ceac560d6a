import { Option, type Command } from 'commander';
import { accessMessages } from '../../shared/messages/cli-access.ts';
import { cliMessages } from '../../shared/messages/cli.ts';
import type { CommonOptions } from './cli-context.ts';
import { auditCommand, type AuditOptions } from './commands/audit.ts';
import {
  createKeyCommand,
  type KeyCreateOptions,
  type KeyListOptions,
  type KeyRotateOptions,
  listKeysCommand,
  revokeKeyCommand,
  rotateKeyCommand,
} from './commands/keys.ts';
import {
  addMemberCommand,
  createOrganizationCommand,
  deleteOrganizationCommand,
  listMembersCommand,
  listOrganizationsCommand,
  type MemberAddOptions,
  removeMemberCommand,
  renameOrganizationCommand,
} from './commands/organizations.ts';
import {
  createUserCommand,
  deleteUserCommand,
  disableUserCommand,
  listUsersCommand,
  type UserCreateOptions,
  type UserListOptions,
  userPasswordCommand,
  type UserPasswordOptions,
  userRoleCommand,
  type UserRoleOptions,
} from './commands/people.ts';
import { addListingGroup } from './command-group.ts';
import type { ConfirmOptions } from './confirmed.ts';
import type { ProgramParts } from './memory-program.ts';
import type { ListOptions } from './whole-list.ts';

const collected = (value: string, earlier: string[] = []) => [...earlier, ...value.split(',').filter(Boolean)];

/** `cmem keys`, `users`, `organizations` and `audit`. */
export function addAccessCommands(parts: ProgramParts): void {
  addKeyCommands(parts);
  addUserCommands(parts);
  addOrganizationCommands(parts);
  addAuditCommand(parts);
}

function addKeyCommands(parts: ProgramParts): void {
  const { terminal, add, run } = parts;
  const { help } = accessMessages[terminal.locale];
  const { group: keys, list } = addListingGroup(parts, 'keys', { group: help.keys, list: help.keys_list });
  list
    .option('--state <state>', help.state)
    .option('--all', cliMessages[terminal.locale].lists.all)
    .action((_options, command: Command) => run<KeyListOptions & CommonOptions>(listKeysCommand)(command));
  add(keys, 'create', help.keys_create)
    .argument('<name...>', help.key_name)
    .addOption(new Option('--scope <scopes>', help.scope).argParser(collected))
    .option('--per-minute <count>', help.per_minute)
    .option('--expires <time>', help.expires)
    .option('--organization <organization>', help.organization)
    .action((words: string[], _options, command: Command) =>
      run<KeyCreateOptions & CommonOptions>((context, options) => createKeyCommand(context, words, options))(command),
    );
  add(keys, 'revoke', help.keys_revoke)
    .argument('<id>', help.key_id)
    .action((id: string, _options, command: Command) => run((context) => revokeKeyCommand(context, id))(command));
  add(keys, 'rotate', help.keys_rotate)
    .argument('<id>', help.key_id)
    .option('--grace <duration>', help.grace)
    .action((id: string, _options, command: Command) =>
      run<KeyRotateOptions & CommonOptions>((context, options) => rotateKeyCommand(context, id, options))(command),
    );
}

function addUserCommands(parts: ProgramParts): void {
  const { terminal, add, run } = parts;
  const { help } = accessMessages[terminal.locale];
  const { group: users, list } = addListingGroup(parts, 'users', { group: help.users, list: help.users_list });
  list
    .option('--text <text>', help.text)
    .option('--all', cliMessages[terminal.locale].lists.all)
    .action((_options, command: Command) => run<UserListOptions & CommonOptions>(listUsersCommand)(command));
  add(users, 'create', help.users_create)
    .argument('<email>', help.email)
    .option('--name <name>', help.name)
    .option('--role <role>', help.role)
    .option('--organization <organization>', help.organization)
    .option('--password-file <file>', help.password_file)
    .action((email: string, _options, command: Command) =>
      run<UserCreateOptions & CommonOptions>((context, options) => createUserCommand(context, email, options))(command),
    );
  for (const name of ['disable', 'enable'] as const) {
    add(users, name, name === 'disable' ? help.users_disable : help.users_enable)
      .argument('<user>', help.user)
      .action((user: string, _options, command: Command) =>
        run((context) => disableUserCommand(context, user, name === 'disable'))(command),
      );
  }
  add(users, 'password', help.users_password)
    .argument('<user>', help.user)
    .option('--password-file <file>', help.password_file)
    .action((user: string, _options, command: Command) =>
      run<UserPasswordOptions & CommonOptions>((context, options) => userPasswordCommand(context, user, options))(
        command,
      ),
    );
  add(users, 'role', help.users_role)
    .argument('<user>', help.user)
    .argument('<role>', help.new_role)
    .option('--organization <organization>', help.organization)
    .action((user: string, role: string, _options, command: Command) =>
      run<UserRoleOptions & CommonOptions>((context, options) => userRoleCommand(context, user, role, options))(
        command,
      ),
    );
  add(users, 'delete', help.users_delete)
    .argument('<user>', help.user)
    .option('--yes', help.yes)
    .action((user: string, _options, command: Command) =>
      run<ConfirmOptions & CommonOptions>((context, options) => deleteUserCommand(context, user, options))(command),
    );
}

function addOrganizationCommands(parts: ProgramParts): void {
  const { terminal, add, run } = parts;
  const { help } = accessMessages[terminal.locale];
  const { group: organizations, list } = addListingGroup(parts, 'organizations', {
    group: help.organizations,
    list: help.organizations_list,
  });
  list
    .option('--all', cliMessages[terminal.locale].lists.all)
    .action((_options, command: Command) => run<ListOptions & CommonOptions>(listOrganizationsCommand)(command));
  add(organizations, 'create', help.organizations_create)
    .argument('<name...>', help.name)
    .action((words: string[], _options, command: Command) =>
      run((context) => createOrganizationCommand(context, words))(command),
    );
  const one = (name: string, summary: string) =>
    add(organizations, name, summary).argument('<organization>', help.the_organization);
  one('rename', help.organizations_rename)
    .argument('<name...>', help.new_name)
    .action((organization: string, words: string[], _options, command: Command) =>
      run((context) => renameOrganizationCommand(context, organization, words))(command),
    );
  one('delete', help.organizations_delete)
    .option('--yes', help.yes)
    .action((organization: string, _options, command: Command) =>
      run<ConfirmOptions & CommonOptions>((context, options) =>
        deleteOrganizationCommand(context, organization, options),
      )(command),
    );
  one('members', help.organizations_members)
    .option('--all', cliMessages[terminal.locale].lists.all)
    .action((organization: string, _options, command: Command) =>
      run<ListOptions & CommonOptions>((context, options) => listMembersCommand(context, organization, options))(
        command,
      ),
    );
  one('add', help.organizations_add)
    .argument('<user>', help.user)
    .option('--role <role>', help.role)
    .action((organization: string, user: string, _options, command: Command) =>
      run<MemberAddOptions & CommonOptions>((context, options) =>
        addMemberCommand(context, organization, user, options),
      )(command),
    );
  one('remove', help.organizations_remove)
    .argument('<user>', help.user)
    .option('--yes', help.yes)
    .action((organization: string, user: string, _options, command: Command) =>
      run<ConfirmOptions & CommonOptions>((context, options) =>
        removeMemberCommand(context, organization, user, options),
      )(command),
    );
}

function addAuditCommand({ program, terminal, add, run }: ProgramParts): void {
  const { help } = accessMessages[terminal.locale];
  add(program, 'audit', help.audit)
    .option('--since <time>', help.since)
    .option('--until <time>', help.until)
    .option('--outcome <outcome>', help.outcome)
    .option('--actor <actor>', help.actor)
    .option('--action <operation>', help.action)
    .option('--limit <count>', help.limit)
    .action((_options, command: Command) => run<AuditOptions & CommonOptions>(auditCommand)(command));
}
