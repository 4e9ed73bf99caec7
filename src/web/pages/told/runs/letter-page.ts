import type { Addressee } from '../../../../notices/addressee.ts';
import { showReference } from '../../../../notices/attempt-reference.ts';
import { letterParts } from '../../../../notices/message.ts';
import type { NoticeContent } from '../../../../notices/notice.ts';
import { type Html, html } from '../../../html.ts';

export type LetterOf = {
  readonly content: NoticeContent;
  readonly practice: { readonly name: string; readonly madeUp: boolean };
  readonly addressee: Addressee;
  /** Under which the practice knows what came of it. */
  readonly reference: string;
  readonly date: string;
  readonly largePrint: boolean;
};

/**
 * One letter, for print: a page of its own, the address where the window of a DL envelope is. It holds no NHS number,
 * and is the same whether or not somebody objected.
 */
export function letterPage({ content, practice, addressee, reference, date, largePrint }: LetterOf): Html {
  const { to, address, greeting, child, name } = addressee;
  return html`<article class="app-letter${largePrint ? ' app-letter--large' : ''}" aria-label="Letter to ${name}">
  <p class="app-letter__from">${practice.name}</p>
  <address class="app-letter__to">${[...to, ...address].map((line) => html`${line}<br>`)}</address>
  <p>${date}</p>
  <p>${greeting}</p>
  <h2 class="nhsuk-heading-s">${content.title}${child === undefined ? '' : `, for ${child}`}</h2>
  ${letterParts(content).map(({ heading, words }) => html`<p><strong>${heading}.</strong> ${words}</p>`)}
  <p class="app-small">If this letter was not delivered, please return it to ${practice.name}. Reference ${showReference(reference)}</p>
  ${practice.madeUp ? html`<p><strong>Made-up practice: nobody is to get this letter.</strong></p>` : ''}
</article>`;
}
