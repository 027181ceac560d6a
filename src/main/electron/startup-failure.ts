import { z } from 'zod';
import type { DesktopMessages } from '../../shared/messages/desktop.ts';
import { fill } from '../../shared/messages/fill.ts';

const holder = z.object({ pid: z.number(), url: z.string() });

/** Expected failures carry a code; who holds the folder stands in `holder` or on the error itself. */
const codedError = z.object({
  code: z.string(),
  message: z.string(),
  holder: holder.optional().catch(undefined),
  pid: z.number().optional().catch(undefined),
  url: z.string().optional().catch(undefined),
});

/** The sentence that a person reads when the worker could not start: what is wrong and what to do. */
export function describeStartupFailure(
  thrown: unknown,
  place: { folder: string; port: number },
  { failure }: DesktopMessages,
): string {
  const reason = thrown instanceof Error ? thrown.message : String(thrown);
  const coded = codedError.safeParse(
    thrown instanceof Error
      ? { ...thrown, message: thrown.message, code: 'code' in thrown ? thrown.code : undefined }
      : thrown,
  );
  if (!coded.success) return fill(failure.other, { reason });
  const { code, holder: heldBy, pid, url } = coded.data;
  switch (code) {
    case 'DATA_FOLDER_IN_USE':
      return fill(failure.folderInUse, {
        folder: place.folder,
        pid: heldBy?.pid ?? pid ?? '?',
        url: heldBy?.url ?? url ?? '?',
      });
    case 'DATA_FOLDER_UNUSABLE':
      return fill(failure.folderUnusable, { folder: place.folder, reason });
    case 'NEWER_DATABASE':
      return fill(failure.newerDatabase, { folder: place.folder });
    case 'NOT_A_DATABASE':
      return fill(failure.notADatabase, { folder: place.folder });
    case 'PORT_IN_USE':
    case 'EADDRINUSE':
      return pid === undefined
        ? fill(failure.portInUse, { port: place.port })
        : fill(failure.portHeld, { port: place.port, pid });
    default:
      return fill(failure.other, { reason });
  }
}
