import { StoreError, type StoreErrorCode } from '../store/store-error.ts';
import { Refusal, refusalCodes } from './refusal.ts';
import type { AckError, WriterFailed } from './thread-messages.ts';

/** It could not be made durable; nothing of it was kept. */
export class NotStoredError extends Error {
  readonly code: AckError['code'];
  constructor(error: AckError) {
    super(error.message);
    this.name = 'NotStoredError';
    this.code = error.code;
  }
}

/** Of a thread that ended. */
export const threadFailed: AckError = {
  code: 'NOT_STORED',
  message:
    'It could not be stored: what writes the memory failed, and is started again by itself. What an agent reported is then read from its transcript.',
};

/** As callers of the writer know it: `Refusal` for what is theirs to handle, else `NotStoredError`. */
export function asError({ code, message }: AckError): Error {
  const refusal = refusalCodes.find((known) => known === code);
  return refusal === undefined ? new NotStoredError({ code, message }) : new Refusal(refusal, message);
}

const storeCodes: readonly StoreErrorCode[] = [
  'DATA_FOLDER_IN_USE',
  'DATA_FOLDER_UNUSABLE',
  'NEWER_DATABASE',
  'NOT_A_DATABASE',
];

/** Why the file could not be opened. */
export function toStoreError({ code, message }: WriterFailed['failed']): Error {
  const known = storeCodes.find((storeCode) => storeCode === code);
  return known ? new StoreError(known, message) : Object.assign(new Error(message), { code });
}
