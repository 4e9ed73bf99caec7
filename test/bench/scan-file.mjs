// The guard's scanner alone, file to file: no HTTP, no spool, no digest, no account. Run by itself, so that its memory and
// time are its own: node scan-file.mjs FORMAT all|some PATIENTS NUMBERS IN OUT; prints seconds.
import { readFileSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { ReleaseMemory } from '../../dist/guard/decide-records.js';
import { openDecider } from '../../dist/guard/open-decider.js';
import { Output } from '../../dist/guard/output.js';
import { PatientIndex } from '../../dist/guard/patient-index.js';
import { fhirRules, fieldsOf } from './fields.mjs';
import { numbersOf } from './people.mjs';

const [format, which, patients, list, file, target] = process.argv.slice(2);
const withheld = new Set(readFileSync(list, 'utf8').split('\n'));
const records = numbersOf(Number(patients)).map((nhsNumber, ordinal) => {
  const objected = { type1: withheld.has(nhsNumber), type2: false };
  return {
    ordinal,
    id: String(ordinal),
    nhsNumber,
    person: null,
    listed: true,
    left: false,
    restricted: false,
    objected,
  };
});
const rule = { withholdsNobody: false, type1: true, type2: true, includeLeft: false };
const plan = {
  version:
    format === 'application/fhir+ndjson'
      ? { fields: [], nhsNumberColumn: null, fhir: fhirRules }
      : { fields: fieldsOf(which), nhsNumberColumn: null },
  rule,
  index: PatientIndex.empty.with(1, records),
  pseudonymKey: Buffer.alloc(32, 1),
};
// As the app takes what a client sends: while one piece is decided, the next is read, and what was decided is written.
const [PIECE, CHUNK] = [1 << 20, 1 << 16];
const start = performance.now();
const source = await open(file);
const out = await open(target, 'w');
const rows = new Output({ write: (bytes) => writeAll(out, bytes) });
const notes = new Output({ write: async () => undefined });
const decider = openDecider(format, plan, new ReleaseMemory(plan), { rows, notes });
let [piece, spare] = [Buffer.alloc(PIECE), Buffer.alloc(PIECE)];
let reading = source.read(piece, 0, PIECE);
for (;;) {
  const { bytesRead } = await reading;
  if (bytesRead === 0) break;
  reading = source.read(spare, 0, PIECE);
  for (let at = 0; at < bytesRead; at += CHUNK) {
    await decider.ready?.();
    const fault = decider.take(piece.subarray(at, Math.min(at + CHUNK, bytesRead)));
    if (fault) throw new Error(fault.reason);
    await rows.flushWhenFull();
    await notes.flushWhenFull();
  }
  [piece, spare] = [spare, piece];
}
decider.finish();
await rows.flush();
const seconds = (performance.now() - start) / 1000;
await Promise.all([source.close(), out.close()]);
console.log(seconds);

async function writeAll(handle, bytes) {
  for (let at = 0; at < bytes.length; ) at += (await handle.write(bytes, at)).bytesWritten;
}
