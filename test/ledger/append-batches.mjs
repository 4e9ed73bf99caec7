// A second process that appends like an import: batches of entries, each in a transaction of its own.
// Usage: node append-batches.mjs DATABASE_URL PRACTICE_ID BATCHES ENTRIES_A_BATCH. Works on the compiled app.
import { openDatabase } from '../../dist/store/database.js';
import { changePractice } from '../../dist/store/practice-change.js';

const [url, practiceId, batches, entries] = process.argv.slice(2);
const database = await openDatabase(url);
for (let batch = 0; batch < Number(batches); batch += 1) {
  await changePractice(database, practiceId, async (change) => {
    for (let row = 0; row < Number(entries); row += 1) {
      const actor = { kind: 'command-line', id: 'import' };
      change.append('patients-imported', actor, { batch, row }, new Date());
    }
  });
}
await database.close();
