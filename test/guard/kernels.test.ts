import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { compiled, kept, kernels } from '../../kernels/compile.mjs';

test.each(kernels)('the kernel %s is what its source says', async (name) => {
  expect(readFileSync(kept(name), 'utf8')).toBe(await compiled(name));
});
