import { initAll } from './nhsuk-frontend.min.js';

initAll();

// A page kept by the browser may show a patient to whoever presses Back after a log out: ask for it again.
window.addEventListener('pageshow', (event) => {
  if (event.persisted) window.location.reload();
});

for (const button of document.querySelectorAll('[data-print]')) {
  button.hidden = false;
  button.addEventListener('click', () => window.print());
}
