// Compiles the kernels of this folder, for `node kernels/compile.mjs`, which writes them to src/guard, and for the test that
// what is there is what the sources say. In AssemblyScript, which is TypeScript whose numbers have the machine's types.
import { readdirSync, writeFileSync } from 'node:fs';
import asc from 'assemblyscript/asc';

const folder = import.meta.dirname;

/** The names of the kernels. */
export const kernels = readdirSync(folder)
  .filter((file) => file.endsWith('.ts'))
  .map((file) => file.slice(0, -'.ts'.length));

/** The text of the file in src/guard in which a kernel is kept, so that the app runs without the compiler. */
export async function compiled(name) {
  const source = `${name}.ts`;
  // The stub runtime adds nothing: a kernel works on bytes that it is shown, and allocates none.
  const options = ['--runtime', 'stub', '--noAssert', '-O3', '--converge', '--enable', 'simd'];
  const files = new Map();
  const { error, stderr } = await asc.main(
    [source, '--baseDir', folder, '--outFile', 'out.wasm', '--initialMemory', '1', ...options],
    { writeFile: (file, bytes) => void files.set(file, bytes) },
  );
  if (error) throw new Error(`${source}: ${stderr.toString()}`);
  const lines =
    Buffer.from(files.get('out.wasm'))
      .toString('base64')
      .match(/.{1,108}/g) ?? [];
  return [
    `/** kernels/${source}, compiled by \`node kernels/compile.mjs\`. */`,
    `export const ${name}Kernel: Uint8Array = Buffer.from(`,
    '  [',
    ...lines.map((line) => `    '${line}',`),
    "  ].join(''),",
    "  'base64',",
    ');',
    '',
  ].join('\n');
}

/** Where a kernel is kept, from the root. */
export const kept = (name) => `src/guard/${name}-kernel-code.ts`;

if (process.argv[1] === import.meta.filename)
  for (const name of kernels) writeFileSync(`${folder}/../${kept(name)}`, await compiled(name));
