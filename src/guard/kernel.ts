const PAGE = 64 * 1024;

/** Each is compiled once. */
const modules = new Map<Uint8Array, WebAssembly.Module>();

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
  const module = modules.get(code) ?? new WebAssembly.Module(code);
  modules.set(code, module);
  const { exports } = new WebAssembly.Instance(module);
  const memory = exports.memory as Memory;
  const more = Math.ceil((size - memory.buffer.byteLength) / PAGE);
  if (more > 0) memory.grow(more);
  return exports as Exports;
}
