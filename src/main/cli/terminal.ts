import { styleText } from 'node:util';
import type { Locale } from '../../shared/messages/fill.ts';

/** Where a command writes to, and what that place can show. */
export interface Terminal {
  out(text: string): void;
  /** The same without ending the line, for what grows. */
  write(text: string): void;
  error(text: string): void;
  /** Off when the output goes to a file or a pipe, or `NO_COLOR` is set. */
  colour: boolean;
  columns: number;
  locale: Locale;
}

type Style = Parameters<typeof styleText>[0];

/** The language of the environment: `LC_ALL`, else `LC_MESSAGES`, else `LANG`; Chinese or English. */
export function localeOf(env: Record<string, string | undefined>): Locale {
  const language = env['LC_ALL'] || env['LC_MESSAGES'] || env['LANG'] || '';
  return /^zh(?:[_.@-]|$)/i.test(language) ? 'zh-CN' : 'en';
}

/** This process's own output. Ends the process when its reader is gone: with 0, as a command in a pipe should. */
export function processTerminal(): Terminal {
  // A reader that stops early, such as `head`, is no error.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : 1));
  return {
    out: (text) => void process.stdout.write(`${text}\n`),
    write: (text) => void process.stdout.write(text),
    error: (text) => void process.stderr.write(`${text}\n`),
    colour: process.stdout.isTTY && process.stdout.hasColors() && !process.env['NO_COLOR'],
    columns: process.stdout.columns || 100,
    locale: localeOf(process.env),
  };
}

/** Text in that style where the terminal shows colours, else as it is. */
export function styled(terminal: Terminal, style: Style, text: string): string {
  return terminal.colour ? styleText(style, text, { validateStream: false }) : text;
}
