export const refusalCodes = ['NOT_FOUND', 'CONFLICT', 'REFUSED'] as const;
export type RefusalCode = (typeof refusalCodes)[number];

/** An operation of the writer that cannot be done as things are: the caller's to handle, no bug. Nothing of it is kept. */
export class Refusal extends Error {
  readonly code: RefusalCode;
  constructor(code: RefusalCode, message: string) {
    super(message);
    this.name = 'Refusal';
    this.code = code;
  }
}
