import { z } from 'zod';

/** A rule of a JSON schema that arguments break, as Ajv says it. */
const brokenRule = z.object({
  keyword: z.string(),
  instancePath: z.string(),
  message: z.string(),
  params: z.record(z.string(), z.unknown()),
});
export type BrokenRule = z.infer<typeof brokenRule>;

/** What a run answers. It comes from a process that runs foreign code, so it is read as anything else from outside. */
export const runAnswer = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('result'), json: z.string() }),
  z.object({ kind: z.literal('failed'), message: z.string().max(20_000) }),
  /** The arguments do not keep to the schema. */
  z.object({ kind: z.literal('invalid'), rule: brokenRule }),
]);
export type RunAnswer = z.infer<typeof runAnswer>;
