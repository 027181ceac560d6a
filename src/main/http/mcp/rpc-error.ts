/** An answer of JSON-RPC to what could not be read as a request, or may not be one. */
export function rpcError(status: number, code: number, message: string): Response {
  return Response.json({ jsonrpc: '2.0', error: { code, message }, id: null }, { status });
}
