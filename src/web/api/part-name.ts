import { quotable } from './quotable.ts';

const name = /^[A-Za-z0-9][A-Za-z0-9_-]{0,60}(\.[A-Za-z0-9_-]{1,30}){0,3}$/;

/** Whether a file of a release can be called so: a plain name that could hold no NHS number, for it stands in addresses. */
export function isPartName(text: string): boolean {
  return name.test(text) && quotable(text) !== undefined;
}
