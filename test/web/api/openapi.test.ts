import { expect, test } from 'vitest';
import { writeOpenApi } from '../../../src/web/api/openapi.ts';
import { type ProblemCode, problems } from '../../../src/web/api/problems.ts';

const document = JSON.parse(JSON.stringify(writeOpenApi('https://registry.example')));
const text = JSON.stringify(document.paths);

test('it is OpenAPI 3.1, and names every address', () => {
  expect(document.openapi).toBe('3.1.0');
  expect(document.servers).toEqual([{ url: 'https://registry.example' }]);
  expect(Object.entries(document.paths).map(([path, item]) => [path, Object.keys(item as object)])).toEqual([
    ['/api/v1/extracts', ['get']],
    ['/api/v1/extracts/{id}/readiness', ['get']],
    ['/api/v1/extracts/{id}/releases', ['post']],
    ['/api/v1/releases/{id}/parts', ['post']],
    ['/api/v1/releases/{id}/complete', ['post']],
    ['/api/v1/releases/{id}/parts/{name}', ['get']],
    ['/api/v1/extracts/{id}/checks', ['post']],
    ['/api/v1/releases/{id}', ['get']],
  ]);
});

test('it says what a check takes as the request is checked', () => {
  expect(document.components.schemas.Check).toMatchObject({
    type: 'object',
    required: ['nhsNumbers'],
    properties: {
      nhsNumbers: { type: 'array', items: { type: 'string' }, minItems: 1, maxItems: 100_000 },
    },
  });
});

test('every reference leads somewhere', () => {
  const names = [...JSON.stringify(document).matchAll(/"#\/components\/schemas\/(\w+)"/g)].map(
    ([, name]) => name,
  );
  expect(names).not.toEqual([]);
  for (const name of names) expect(document.components.schemas).toHaveProperty([name as string]);
});

/** Those that no address of its own has: an unknown address, an unknown method. */
const ofNoAddress: ProblemCode[] = ['no-such-address', 'wrong-method'];

test.each(Object.keys(problems) as ProblemCode[])(
  'the code %s is documented, and where it can occur',
  (code) => {
    expect(document.info.description).toContain(`| \`${code}\` | ${problems[code].status} |`);
    expect(text.includes(`\`${code}\``)).toBe(!ofNoAddress.includes(code));
  },
);
