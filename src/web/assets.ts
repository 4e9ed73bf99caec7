import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';

const nhsuk = new URL(
  './',
  `file://${createRequire(import.meta.url).resolve('nhsuk-frontend/dist/nhsuk/nhsuk-frontend.min.css')}`,
);
const own = new URL('../../public/', import.meta.url);

/** The pictures that the NHS.UK styles name, at the address that they name. */
export const imagesFolder = fileURLToPath(new URL('assets/images/', nhsuk));

/** The styles without @font-face: Frutiger needs a licence, and comes from a host that our pages may not ask. */
const withoutFonts = (css: string): string =>
  css.replace(/@font-face\{[^}]*\}/g, '').replace(/\/\*# sourceMappingURL.*/, '');
const withoutMap = (script: string): string => script.replace(/\/\/# sourceMappingURL.*/, '');

const read = (name: string, folder: URL): string => readFileSync(new URL(name, folder), 'utf8');

/** Styles and scripts by name, as they are sent. */
export const assets: Record<string, { type: string; body: string }> = {
  'nhsuk-frontend.min.css': { type: 'text/css', body: withoutFonts(read('nhsuk-frontend.min.css', nhsuk)) },
  'nhsuk-frontend.min.js': {
    type: 'text/javascript',
    body: withoutMap(read('nhsuk-frontend.min.js', nhsuk)),
  },
  'app.css': { type: 'text/css', body: read('app.css', own) },
  'app.mjs': { type: 'text/javascript', body: read('app.mjs', own) },
  'session.mjs': { type: 'text/javascript', body: read('session.mjs', own) },
  'favicon.svg': { type: 'image/svg+xml', body: read('favicon.svg', own) },
};

/** Changes when any asset changes, and stands in their address: so a browser may keep them for ever. */
export const assetVersion = createHash('sha256').update(JSON.stringify(assets)).digest('hex').slice(0, 12);

/** The address of an asset. */
export function asset(name: string): string {
  if (!assets[name]) throw new Error(`There is no asset ${name}`);
  return `/assets/${assetVersion}/${name}`;
}
