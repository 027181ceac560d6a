import { existsSync } from 'node:fs';
import { fill } from '../../../shared/messages/fill.ts';
import { CliError, exitCodes } from '../cli-error.ts';
import type { CliContext } from '../cli-context.ts';
import { tokenOf } from '../worker-client.ts';
import { viewerLink } from '../viewer-link.ts';
import { styled } from '../terminal.ts';

export interface TokenOptions {
  capture?: boolean;
  link?: boolean;
}

/** `cmem token`: a token alone on its line, so that it can be piped, or a link that opens the viewer once. */
export async function tokenCommand(context: CliContext, options: TokenOptions): Promise<number> {
  const { text, dataDir } = context;
  if (options.link && options.capture) throw new CliError('USAGE', text.token.link_and_capture, exitCodes.usage);
  if (options.link) {
    const link = await viewerLink(context);
    context.print({ kind: 'link', link }, () => link);
    if (context.terminal.colour) context.terminal.error(styled(context.terminal, 'dim', context.text.token.link_note));
    return exitCodes.ok;
  }
  const kind = options.capture ? 'capture' : 'owner';
  // A token that is made here, in a folder that nobody uses, would open nothing.
  if (!existsSync(dataDir)) throw new CliError('NO_DATA_FOLDER', fill(text.token.no_folder, { data: dataDir }));
  const token = tokenOf(dataDir, kind, text);
  context.print({ kind, token }, () => token);
  return exitCodes.ok;
}
