export type StoreErrorCode = 'DATA_FOLDER_IN_USE' | 'DATA_FOLDER_UNUSABLE' | 'NEWER_DATABASE' | 'NOT_A_DATABASE';

/** An expected failure to open the store; its message says what the person can do. */
export class StoreError extends Error {
  readonly code: StoreErrorCode;
  /** The worker that holds the folder, when that is the reason. */
  readonly holder: { pid: number; url: string } | undefined;

  constructor(
    code: StoreErrorCode,
    message: string,
    options?: { cause?: unknown; holder?: { pid: number; url: string } },
  ) {
    super(message, { cause: options?.cause });
    this.name = 'StoreError';
    this.code = code;
    this.holder = options?.holder;
  }
}
