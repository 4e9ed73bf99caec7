// The guard's scanner alone, file to file: no HTTP, no spool, no digest, no account. Run by itself, so that its memory and
// time are its own: node scan-file.mjs FORMAT all|some NUMBERS IN OUT; prints seconds.
import { createReadStream, openSync, readFileSync, writeSync } from 'node:fs';
import { madeUpNhsNumber } from '../../dist/demo/made-up-numbers.js';
import { ReleaseMemory } from '../../dist/guard/decide-records.js';
import { openDecider } from '../../dist/guard/open-decider.js';
import { Output } from '../../dist/guard/output.js';
import { PatientIndex } from '../../dist/guard/patient-index.js';
import { fhirRules, fieldsOf } from './fields.mjs';
import { PATIENTS } from './make-file.mjs';

const [format, which, list, file, target] = process.argv.slice(2);
const withheld = new Set(readFileSync(list, 'utf8').split('\n'));
const records = Array.from({ length: PATIENTS }, (_, ordinal) => {
  const nhsNumber = madeUpNhsNumber(ordinal);
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
const start = performance.now();
const out = openSync(target, 'w');
const rows = new Output({ write: async (bytes) => writeSync(out, bytes) });
const notes = new Output({ write: async () => undefined });
const decider = openDecider(format, plan, new ReleaseMemory(plan), { rows, notes });
for await (const chunk of createReadStream(file, { highWaterMark: 1 << 18 })) {
  for (let at = 0; at < chunk.length; at += 65_536) {
    const fault = decider.take(chunk.subarray(at, at + 65_536));
    if (fault) throw new Error(fault.reason);
    await rows.flushWhenFull();
    await notes.flushWhenFull();
  }
}
decider.finish();
await rows.flush();
console.log((performance.now() - start) / 1000);
