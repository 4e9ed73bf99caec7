import { createHash } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { isMember } from '../../src/guard/membership.ts';
import type { ObjectionType } from '../../src/objections/objection.ts';
import { anApprovedExtract } from '../support/extracts.ts';
import { aPatient, eventsOf, extractCsv, patientsCsv } from '../support/factories.ts';
import { addStaffedPractice } from '../support/people.ts';
import { openRegistry, type Registry } from '../support/registry.ts';
import { runProgram } from '../support/run-program.ts';

// What a practice does on its first day, with the clients that its extract jobs are likely to use.

const people = Array.from({ length: 12 }, (_, n) =>
  aPatient(n, { dateOfBirth: `19${60 + n}-05-0${1 + (n % 9)}` }),
);
const [type1, type2, both, withdrawn] = people;
const python = (name: string) => fileURLToPath(new URL(name, import.meta.url));
const sha256 = (bytes: Buffer) => createHash('sha256').update(bytes).digest();

let registry: Registry;
let address: string;

beforeEach(async () => {
  registry = await openRegistry();
  address = await registry.listen();
});

afterEach(() => registry.close());

/** Imports the list; three people object, of both types together and apart, and a fourth objects and withdraws. */
async function firstDay() {
  const { patients, objections, keys, database } = registry.services;
  const { practice, receptionist, manager } = await addStaffedPractice(registry.services);
  const by = { kind: 'staff', id: receptionist.id } as const;
  const bytes = Buffer.from(patientsCsv(people));
  const begun = await patients.import({ practice, fileName: 'patients.csv', bytes, wholeList: true }, by);
  if (!begun.ok) throw new Error(begun.reason);
  expect(await begun.run()).toMatchObject({ status: 'complete', counts: { added: 12, refused: 0 } });
  await objections.takeIn({ practiceId: practice.id, how: 'none-before' }, by);
  const rows = await database.reader.patient.findMany({ where: { practiceId: practice.id } });
  const ask = (person: { nhsNumber: string } | undefined, types: ObjectionType[], receivedOn: string) => ({
    practiceId: practice.id,
    patientId: rows.find(({ nhsNumber }) => nhsNumber === person?.nhsNumber)?.id ?? '',
    types,
    requester: 'patient' as const,
    receivedVia: 'in-person' as const,
    identityChecked: 'photo-id' as const,
    receivedOn,
  });
  for (const request of [
    ask(type1, ['type-1'], '2026-03-01'),
    ask(type2, ['type-2'], '2016-03-01'),
    ask(both, ['type-1', 'type-2'], '2026-03-01'),
    ask(withdrawn, ['type-1'], '2026-03-01'),
  ])
    expect((await objections.record(request, by)).ok).toBe(true);
  expect((await objections.withdraw(ask(withdrawn, ['type-1'], '2026-03-02'), by)).ok).toBe(true);

  const extractId = await anApprovedExtract(registry.services, practice.id);
  const expiresAt = new Date('2099-01-01T00:00:00Z');
  const wanted = { practiceId: practice.id, name: 'Job', extracts: [extractId], expiresAt };
  const made = await keys.make(wanted, { kind: 'staff', id: manager.id });
  if (!made.ok) throw new Error(made.reason);
  return { rows, key: made.key, path: `/api/v1/extracts/${extractId}/releases` };
}

test('curl and Python get what an independent filter gives, byte for byte, and the account says so', async () => {
  const { rows, key, path } = await firstDay();
  const csv = Buffer.from(
    `${extractCsv(eventsOf(people))}"${type1?.nhsNumber}",2026-01-01,x,1,"a\r\nb",c\r\n`,
  );
  const file = join(registry.config.dataDir, 'events.csv');
  await writeFile(file, csv);
  const objectors = [type1, type2, both].map((person) => person?.nhsNumber ?? '');
  const { output: expected } = await runProgram('python3', [python('filter.py'), ...objectors], csv);
  expect(expected.length).toBeGreaterThan(500);
  expect(expected.length).toBeLessThan(csv.length);

  const headers = join(registry.config.dataDir, 'headers.txt');
  const curl = await runProgram('curl', [
    ...['-sS', '--fail-with-body', '-X', 'POST', '-T', file, '-D', headers],
    ...['-H', `Authorization: Bearer ${key}`, '-H', 'Content-Type: text/csv', `${address}${path}`],
  ]);
  expect(curl.output.equals(expected)).toBe(true);
  const answered = await readFile(headers, 'utf8');
  expect(answered).toContain(`Content-Digest: sha-256=:${sha256(expected).toString('base64')}:`);
  const client = await runProgram('python3', [python('send.py'), new URL(address).port, path, key], csv);
  expect(client.output.equals(expected)).toBe(true);

  const [, curlId = ''] = /Release-Id: (\S+)/.exec(answered) ?? [];
  for (const id of [curlId, client.complaints]) {
    const answer = await fetch(`${address}/api/v1/releases/${id}`, {
      headers: { authorization: `Bearer ${key}` },
    });
    const out = eventsOf(people.filter(({ nhsNumber }) => !objectors.includes(nhsNumber))).length;
    const all = eventsOf(people).length + 1;
    expect(await answer.json()).toMatchObject({
      status: 'complete',
      counts: { in: all, out, withheld: all - out },
      digests: { in: sha256(csv).toString('hex'), out: sha256(expected).toString('hex') },
    });
    const { members } = await registry.services.database.reader.releaseAccount.findUniqueOrThrow({
      where: { releaseId: id },
    });
    const named = rows.filter(({ ordinal }) => isMember(members, ordinal)).map(({ nhsNumber }) => nhsNumber);
    expect(named.sort()).toEqual(
      people.map(({ nhsNumber }) => nhsNumber).filter((number) => !objectors.includes(number)),
    );
  }
});
