const PAGE = 64 * 1024;

type Memory = { readonly buffer: ArrayBuffer; grow(pages: number): number };

/**
 * A kernel of the folder kernels/, ready to be called: WebAssembly that works on bytes in a memory of its own.
 *
 * @param code the module
 * @param size how many bytes of memory it needs
 * @returns what it exports; the buffer of its memory stays the same
 */
export function openKernel<Exports extends { readonly memory: { readonly buffer: ArrayBuffer } }>(
  code: Uint8Array,
  size: number,
): Exports {
  const { exports } = new WebAssembly.Instance(new WebAssembly.Module(code));
  const memory = exports.memory as Memory;
  const more = Math.ceil((size - memory.buffer.byteLength) / PAGE);
  if (more > 0) memory.grow(more);
  return exports as Exports;
}
