import { expect, test } from 'vitest';
import { isPartName } from '../../../src/web/api/part-name.ts';

test.each(['Patient.ndjson', 'events.csv', 'Patient_0001.ndjson.out', 'a', '20261128.csv'])(
  'a file can be called %s',
  (name) => expect(isPartName(name)).toBe(true),
);

// It stands in addresses, where nobody's number may.
test.each(['', '.', '..', '-x', 'a/b', 'a b', 'é', '9990000018', 'x-999-000-0018.csv', 'a'.repeat(80)])(
  'and not %j',
  (name) => expect(isPartName(name)).toBe(false),
);
