import { askInput } from '../understanding-schemas.ts';
import { procedure, router } from '../trpc.ts';

export const askRouter = router({
  /** What was found, the answer as it grows, the whole of it. */
  stream: procedure.input(askInput).subscription(async function* ({ ctx, input, signal }) {
    yield* ctx.services.ask.stream(input, signal ?? new AbortController().signal);
  }),
  answer: procedure
    .input(askInput)
    .mutation(({ ctx, input, signal }) => ctx.services.ask.answer(input, signal ?? new AbortController().signal)),
});
