import { z } from 'zod';
import { dayField } from './day-field.ts';

// What is chosen in the address of a list. It names nobody.

/** A date that may be left out: all three boxes empty. */
export const maybeDay = (name: string) =>
  z.preprocess(
    (boxes) => (Object.values(boxes ?? {}).some((box) => String(box).trim() !== '') ? boxes : undefined),
    dayField(name, `Enter ${name.toLowerCase()}`).optional(),
  );

/** One of these words; anything else in the address is as if it were not there. */
export const oneOf = <const Words extends readonly [string, ...string[]]>(words: Words) =>
  z.enum(words).optional().catch(undefined);
