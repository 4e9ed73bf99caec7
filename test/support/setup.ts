import { afterAll, afterEach, beforeEach, expect, vi } from 'vitest';
import { endFile } from './end-of-file.ts';

// A stray word on the console is a fault: it may hold what must not be in a log.
beforeEach(() => {
  for (const method of ['error', 'warn', 'log', 'info'] as const) vi.spyOn(console, method);
});

afterEach(() => {
  for (const method of ['error', 'warn', 'log', 'info'] as const) {
    const { calls } = vi.mocked(console[method]).mock;
    vi.mocked(console[method]).mockRestore();
    expect(calls, `console.${method} was called`).toEqual([]);
  }
});

afterAll(endFile);
