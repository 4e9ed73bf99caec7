// Finds the whole rows of a CSV file in memory, 64 bytes at a time, reads their NHS numbers, and writes what leaves of them:
// src/guard/csv-kernel.ts says what for; src/guard/csv.ts, which does the same byte by byte, what a row is. A row is found only
// when there is nothing in it that could be read in two ways; the first that is otherwise ends the work, and is left to csv.ts.
export { known } from './parts/known';
export { lines } from './parts/lines';
export { marks } from './parts/marks';
export { nameBy, project } from './parts/project';
export { rows } from './parts/rows';
