import { askAnswerOutput, askEventOutput } from '../outputs/ask-outputs.ts';
import { streamOf } from '../outputs/shape.ts';
import { askInput } from '../understanding-schemas.ts';
import { procedure, router } from '../trpc.ts';

const tag = 'ask';

export const askRouter = router({
  /** What was found, the answer as it grows, the whole of it. */
  stream: procedure
    .meta({
      summary: 'What was found for a question, the answer as it grows, and the whole of it.',
      tag,
      scope: 'spend',
      rest: { method: 'GET', path: '/ask/stream', stream: true },
    })
    .input(askInput)
    .output(streamOf(askEventOutput))
    .subscription(async function* ({ ctx, input, signal }) {
      yield* ctx.services.ask.stream(input, signal ?? new AbortController().signal, ctx.requestId);
    }),
  answer: procedure
    .meta({
      summary: 'Answers a question from memory, with its sources.',
      tag,
      scope: 'spend',
      rest: { method: 'POST', path: '/ask' },
    })
    .input(askInput)
    .output(askAnswerOutput)
    .mutation(({ ctx, input, signal }) =>
      ctx.services.ask.answer(input, signal ?? new AbortController().signal, ctx.requestId),
    ),
});
