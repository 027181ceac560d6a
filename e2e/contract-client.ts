import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Calls one operation of the contract, as the owner; rejects with the answer's message. */
export type Contract = <T>(operation: string, input?: unknown) => Promise<T>;

interface Answer<T> {
  result?: { data: { json: T } };
  error?: { json: { message: string } };
}

/** The contract of a running worker, over its port, beside the window that is looked at. */
export async function connectContract(url: string, dataDir: string): Promise<Contract> {
  const token = (await readFile(join(dataDir, 'owner.token'), 'utf8')).trim();
  return async <T>(operation: string, input: unknown = {}) => {
    const response = await fetch(`${url}/trpc/${operation}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: JSON.stringify({ json: input }),
    });
    const { result, error } = (await response.json()) as Answer<T>;
    if (!result) throw new Error(`${operation}: ${error?.json.message ?? response.status}`);
    return result.data.json;
  };
}
