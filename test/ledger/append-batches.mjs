// A second process that appends like an import: batches of entries, each in a transaction of its own.
// Usage: node append-batches.mjs DATABASE_URL PRACTICE_ID BATCHES ENTRIES_A_BATCH MASTER_KEY_FILE. Works on the compiled app.
import { readFileSync } from 'node:fs';
import { vault } from '../../dist/secrets.js';
import { openDatabase } from '../../dist/store/database.js';
import { changePractice } from '../../dist/store/practice-change.js';
import { signing } from '../../dist/store/signing.js';

const [url, practiceId, batches, entries, keyFile] = process.argv.slice(2);
const database = await openDatabase(url, signing(vault(readFileSync(keyFile, 'utf8').trim())));
for (let batch = 0; batch < Number(batches); batch += 1) {
  await changePractice(database, practiceId, async (change) => {
    for (let row = 0; row < Number(entries); row += 1) {
      const actor = { kind: 'command-line', id: 'import' };
      change.append('patients-imported', actor, { batch, row }, new Date());
    }
  });
}
await database.close();
