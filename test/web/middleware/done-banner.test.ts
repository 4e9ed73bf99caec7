import request from 'supertest';
import { expect, test } from 'vitest';
import { Form } from '../../../src/web/form.ts';
import { doneBanner, sayDone } from '../../../src/web/middleware/done-banner.ts';
import { render } from '../../../src/web/view-engine.ts';
import { smallApp } from '../small-app.ts';

test('what was done is said once, on the next page without errors', async () => {
  const { app } = smallApp(doneBanner, (req, res) => {
    if (req.path === '/do') {
      sayDone(req, 'Objection recorded');
      return res.redirect(303, '/');
    }
    const form = new Form({}, req.path === '/wrong' ? [{ field: 'x', text: 'Enter x' }] : []);
    render(res, 'privacy/show', { title: 'Help', form });
  });
  const agent = request.agent(app);
  await agent.get('/do');
  expect((await agent.get('/wrong')).text).not.toContain('Objection recorded');
  expect((await agent.get('/')).text).toContain('Objection recorded');
  expect((await agent.get('/')).text).not.toContain('Objection recorded');
});
