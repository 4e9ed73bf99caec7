export type Problem = { readonly status: number; readonly title: string; readonly detail: string };

const problem = (status: number, title: string, detail: string): Problem => ({ status, title, detail });

const wait = 'Ask the practice manager; nothing was released.';
const csv = 'Put the file right and send it again; nothing was released.';

/** Every problem that the API answers with: the code is for programs and stays, the words are for people. */
export const problems = {
  'invalid-query': problem(
    400,
    'The query is not valid',
    'limit is 1 to 200; cursor is `next` of the page before.',
  ),
  'invalid-parts': problem(400, 'The query is not valid', 'parts is true, or is left out.'),
  'invalid-part-name': problem(
    400,
    'The name of the part is not valid',
    'Name it in ?name=, such as Patient.ndjson: letters, digits, - and _, without ten digits in a row.',
  ),
  'no-key': problem(
    401,
    'A key is needed',
    'Send a key that is in force, as Authorization: Bearer <key>. The practice manager makes and revokes keys.',
  ),
  'not-your-extract': problem(
    403,
    'The key is not for this extract',
    'Ask the practice manager for a key that names this extract.',
  ),
  'no-such-extract': problem(
    404,
    'There is no such extract',
    'Look at GET /api/v1/extracts for those that the key may use.',
  ),
  'no-such-release': problem(404, 'There is no such release', 'Use the id from the header Release-Id.'),
  'no-such-part': problem(
    404,
    'There is no such part, or it was handed over already',
    'Each part can be fetched once, within 15 minutes of the last request.',
  ),
  'no-such-address': problem(404, 'There is nothing at this address', 'Look at /api/docs for the addresses.'),
  'wrong-method': problem(
    405,
    'This address does not take this method',
    'The header Allow names those that it takes.',
  ),
  'client-stopped': problem(
    408,
    'The request stopped arriving',
    'Send it again without long pauses; nothing was released.',
  ),

  'extract-draft': problem(409, 'The extract is a draft', `It has to be approved first. ${wait}`),
  'extract-awaiting-approval': problem(
    409,
    'The extract waits for approval',
    `A guardian has to approve it first. ${wait}`,
  ),
  'extract-suspended': problem(409, 'The extract is suspended', `A guardian has to resume it first. ${wait}`),
  'extract-ended': problem(409, 'The extract has ended', `A new version has to be approved first. ${wait}`),
  'out-of-dates': problem(
    409,
    'Today is outside the dates of the extract',
    `startsOn and endsOn say when it may run. ${wait}`,
  ),
  'source-stale': problem(
    409,
    'The patient list is too old',
    `The manager has to import a newer one first. ${wait}`,
  ),
  'ground-not-ready': problem(
    409,
    'The ground of the extract cannot be applied yet',
    `It needs data that the registry does not hold. ${wait}`,
  ),
  'aggregate-not-released': problem(
    409,
    'An aggregate is not released through the guard',
    `It is registered for the public only. ${wait}`,
  ),
  'objections-not-taken-in': problem(
    409,
    'Existing objections have not been taken in',
    `The manager has to import them, or confirm that there are none. ${wait}`,
  ),
  'checks-not-approved': problem(
    409,
    'The extract is not approved for checks',
    'Send the extract as a release, or ask the practice manager.',
  ),
  'unusual-number': problem(
    409,
    'The number of patients is far from the usual',
    `Somebody has to look at it. ${wait}`,
  ),
  'self-test': problem(
    409,
    'The guard failed its self-test',
    `The extract is stopped until somebody has looked. ${wait}`,
  ),
  'canary-lost': problem(
    409,
    'A made-up patient is missing from the file',
    `The clinical system’s own test patient should be in it: the file may not be whole. Somebody has to look at it. ${wait}`,
  ),
  'canary-permitted': problem(
    409,
    'A made-up patient would have left',
    `The extract is stopped until somebody has looked. ${wait}`,
  ),
  'parts-busy': problem(
    409,
    'Another part of the release is being taken',
    'Send parts one after the other: Patients first.',
  ),
  'parts-closed': problem(
    409,
    'The release takes no parts',
    'It is over, or did not begin with ?parts=true, or another process of the registry has it, or who may leave is not the same any more: begin a new one. GET …/releases/{id} says what became of it.',
  ),
  'part-doubled': problem(409, 'The release has a part of this name', 'Give each part a name of its own.'),
  'not-decided': problem(409, 'The release is not decided yet', 'POST …/complete first.'),
  'too-many-unreadable': problem(409, 'Too many rows cannot be read', csv),

  'too-large': problem(413, 'The request is too large', 'Send it in smaller pieces; nothing was released.'),
  'too-many-parts': problem(413, 'The release has too many parts', 'It may have 500.'),
  'too-many-numbers': problem(413, 'There are too many NHS numbers', 'Ask about 1 to 100,000 at a time.'),
  'wrong-type': problem(
    415,
    'The registry does not read this type',
    'A release takes text/csv or application/x-ndjson in UTF-8, or application/fhir+ndjson where its extract is of FHIR; a check takes application/json or text/plain.',
  ),
  'wrong-encoding': problem(
    415,
    'The registry does not read this encoding',
    'Content-Encoding may be gzip, or be left out.',
  ),

  'empty-body': problem(
    422,
    'The request holds nothing',
    'Send a file with at least a header line, or at least one NHS number.',
  ),
  'no-nhs-number-column': problem(422, 'The header names no column with the NHS number', csv),
  'two-nhs-number-columns': problem(
    422,
    'More than one column holds an NHS number',
    `Every approved one has to be a person column of the extract, or goes: by it, rows have to be decided. ${csv}`,
  ),
  'field-missing': problem(422, 'An approved field is not in the header', csv),
  'field-doubled': problem(422, 'An approved field is in the header twice', csv),
  'not-utf-8': problem(
    422,
    'The text is not UTF-8',
    'Save the file as UTF-8 and send it again; nothing was released.',
  ),
  'header-too-long': problem(422, 'The header line is too long', `It may have 64 KiB. ${csv}`),
  'unclosed-quote': problem(422, 'A quoted cell does not end', csv),
  'record-too-long': problem(422, 'A row is too long', `It may have 1 MiB; a quote may be missing. ${csv}`),
  'row-cannot-be-read': problem(422, 'A row cannot be read', `A direct care list is never shortened. ${csv}`),
  'gzip-broken': problem(
    422,
    'The gzip data is broken',
    'Compress the file again and send it again; nothing was released.',
  ),
  'gzip-ratio': problem(
    422,
    'The gzip data unpacks to more than 1,000 times its size',
    'Send the file without compression; nothing was released.',
  ),
  'not-json': problem(422, 'The body is not JSON', 'Send {"nhsNumbers": ["…"]}.'),
  'not-a-check': problem(
    422,
    'The body is not a check',
    'Send {"nhsNumbers": ["…"]}: a list of 1 to 100,000 texts, and nothing but texts in it.',
  ),

  'too-many-requests': problem(
    429,
    'The key is used too often',
    'Wait as long as the header Retry-After says.',
  ),
  'internal-error': problem(
    500,
    'Something went wrong in the registry',
    'Give X-Request-ID to whoever runs it; nothing was released.',
  ),
  'disk-full': problem(
    507,
    'The registry has no room for the release',
    'Whoever runs it has to free space on its disk, or to wait until other releases are over. Then send it again; nothing was released.',
  ),
  'not-ready': problem(
    503,
    'The registry is not ready',
    'Try again as the header Retry-After says; nothing was released.',
  ),
  'too-many-releases': problem(
    503,
    'The registry works on as many releases as it may',
    'Send it again as the header Retry-After says, when one of them is over; nothing was released.',
  ),
  interrupted: problem(503, 'The registry lost hold of the release', 'Send it again; nothing was released.'),
} as const satisfies Record<string, Problem>;

export type ProblemCode = keyof typeof problems;
