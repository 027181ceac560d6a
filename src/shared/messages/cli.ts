import { cliEnglish, type CliMessages } from './cli-en.ts';
import { cliChinese } from './cli-zh-cn.ts';

export type { CliMessages };

/** What the command line says, in both languages; `fill` puts values into `{{name}}`. */
export const cliMessages: { en: CliMessages; 'zh-CN': CliMessages } = { en: cliEnglish, 'zh-CN': cliChinese };
