import { expect, test } from 'vitest';
import { gradeOf, readability } from '../../src/notices/readability.ts';

// The examples of the article “Flesch–Kincaid readability tests” of Wikipedia, with the counts given there. Of the
// first, the article counts “Australian” and “reptilian” as three syllables each; a dictionary says four.
test.each([
  { words: 13, sentences: 1, syllables: 24, grade: 11.3 },
  { words: 6, sentences: 1, syllables: 6, grade: -1.4 },
])('the formula: $words words, $sentences sentences, $syllables syllables', ({ grade, ...counts }) => {
  expect(gradeOf(counts)).toBe(grade);
});

test.each([
  {
    text: 'The Australian platypus is seemingly a hybrid of a mammal and reptilian creature.',
    counted: { words: 13, sentences: 1, syllables: 26, grade: 13.1, age: 18 },
  },
  { text: 'The cat sat on the mat.', counted: { words: 6, sentences: 1, syllables: 6, grade: -1.4, age: 5 } },
  {
    text: 'This sentence, taken as a reading passage unto itself, is being used to prove a point.',
    counted: { words: 16, sentences: 1, syllables: 24, grade: 8.4, age: 13 },
  },
])('a worked example: $text', ({ text, counted }) => {
  expect(readability(text)).toEqual(counted);
});

test('two sentences halve the length of one; a line of its own is one', () => {
  expect(readability('You can say no. Your care stays the same.')).toMatchObject({ sentences: 2, words: 9 });
  expect(readability('Your choice\nYou can say no')).toMatchObject({ sentences: 2, words: 6 });
});

test('addresses, telephone numbers and codes are not read as words', () => {
  expect(readability('Go to nhs.uk/your-nhs-data-matters or ring 0300 303 5678.')).toMatchObject({
    words: 4,
    sentences: 1,
  });
});

test('a text without words has no score', () => {
  expect(readability(' 123 … ')).toBeNull();
});
