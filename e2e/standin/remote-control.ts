import { z } from 'zod';

const request = z.object({
  kind: z.literal('evaluate'),
  id: z.number(),
  source: z.string(),
  argument: z.unknown().optional(),
});

/** Lets the driver evaluate a function in this process, with `electron` as its first argument, as Playwright's does. */
export function takeRemoteControl(electron: object): void {
  process.on('message', (message) => {
    const parsed = request.safeParse(message);
    if (!parsed.success) return;
    const { id, source, argument } = parsed.data;
    void evaluate(source, electron, argument).then((answer) => process.send?.({ kind: 'evaluated', id, ...answer }));
  });
  // The channel to the driver must not keep the app alive, nor may the app outlive its driver.
  process.channel?.unref();
  process.on('disconnect', () => process.exit(1));
}

async function evaluate(source: string, electron: object, argument: unknown): Promise<object> {
  try {
    // The driver sends source text; it is the specs' own.
    // oxlint-disable-next-line typescript/no-implied-eval, typescript/no-unsafe-call
    const run = new Function(`return (${source})`)() as (electron: object, argument: unknown) => unknown;
    return { value: await run(electron, argument) };
  } catch (cause) {
    return { error: cause instanceof Error ? (cause.stack ?? cause.message) : String(cause) };
  }
}
