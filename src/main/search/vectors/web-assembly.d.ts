/** What is used of WebAssembly, which Node has and TypeScript only knows of pages. */
declare namespace WebAssembly {
  interface Memory {
    /** Another one after each `grow`. */
    readonly buffer: ArrayBuffer;
    /** By pages of 64 KiB. Throws `RangeError`. */
    grow(pages: number): number;
  }
  interface Module {}
  interface Instance {
    readonly exports: Record<string, unknown>;
  }
  var Memory: new (descriptor: { initial: number }) => Memory;
  var Module: new (bytes: Uint8Array) => Module;
  var Instance: new (module: Module, imports: Record<string, Record<string, unknown>>) => Instance;
}
