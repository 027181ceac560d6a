import type { SettingValue, SettingView } from '../../../shared/configuration-views.ts';
import { fill } from '../../../shared/messages/fill.ts';
import { operationMessages } from '../../../shared/messages/cli-operations.ts';
import { CliError, exitCodes } from '../cli-error.ts';
import type { CliContext } from '../cli-context.ts';
import { printable, table } from '../layout.ts';
import { connectWorker } from '../worker-client.ts';

const textOf = ({ terminal }: CliContext) => operationMessages[terminal.locale];

/** `cmem config`: all settings. */
export async function configCommand(context: CliContext): Promise<number> {
  const settings = await connectWorker(context).call((api) => api.configuration.list.query());
  context.print(settings, () =>
    table(
      settings.map((setting) => [
        setting.key,
        valueText(setting.value, context),
        setting.updated_at === null ? textOf(context).is_default : '',
      ]),
    ),
  );
  return exitCodes.ok;
}

/** `cmem config get`: one setting with what it does. */
export async function getConfigCommand(context: CliContext, key: string): Promise<number> {
  const setting = await connectWorker(context).call((api) => api.configuration.get.query({ key }));
  show(setting, context);
  return exitCodes.ok;
}

/** `cmem config set`: what the words mean goes by the setting's type. */
export async function setConfigCommand(context: CliContext, key: string, words: readonly string[]): Promise<number> {
  const client = connectWorker(context);
  const { type } = await client.call((api) => api.configuration.get.query({ key }));
  const value = valueOf(key, type, words, context);
  show(await client.call((api) => api.configuration.set.mutate({ key, value })), context);
  return exitCodes.ok;
}

/** `cmem config reset`: back to what it ships with. */
export async function resetConfigCommand(context: CliContext, key: string): Promise<number> {
  show(await connectWorker(context).call((api) => api.configuration.reset.mutate({ key })), context);
  return exitCodes.ok;
}

function show(setting: SettingView, context: CliContext): void {
  context.print(setting, () => `${setting.key} = ${valueText(setting.value, context)}\n${setting.description}`);
}

function valueText(value: SettingValue, context: CliContext): string {
  if (!Array.isArray(value)) return printable(String(value));
  return value.length === 0 ? textOf(context).empty_list : value.map(printable).join(', ');
}

function valueOf(key: string, type: SettingView['type'], words: readonly string[], context: CliContext): SettingValue {
  const value = words.join(' ');
  const refuse = (message: string) => new CliError('USAGE', fill(message, { key, value }), exitCodes.usage);
  switch (type) {
    case 'list':
      return [...words];
    case 'string':
      return value;
    case 'number': {
      const number = value.trim() === '' ? Number.NaN : Number(value);
      if (!Number.isFinite(number)) throw refuse(textOf(context).invalid_number);
      return number;
    }
    case 'boolean':
      if (value !== 'true' && value !== 'false') throw refuse(textOf(context).invalid_boolean);
      return value === 'true';
  }
}
