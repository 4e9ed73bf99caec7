import { createHash, timingSafeEqual } from 'node:crypto';
import { type Request, type Response, Router } from 'express';
import type { Services } from '../services.ts';

/** Limits of the classes in which answers are timed, in seconds: a page, a long page, a small release, a large one. */
const SECONDS = [0.01, 0.03, 0.1, 0.3, 1, 3, 10, 60, 600];

/**
 * What a monitoring system reads: the process, how many answers each route gave and how long they took, whether the app
 * can do its work, and how many releases are at work. Off unless METRICS_TOKEN is set. Routes are named by their pattern, never by an address:
 * nothing in it is of a patient or a practice.
 */
export function metricsRoutes(services: Pick<Services, 'config' | 'readiness' | 'guard'>): Router {
  const router = Router();
  const { metricsToken } = services.config;
  if (metricsToken === undefined) return router;
  const opened = openMetrics(services);

  router.use((req, res, next) => {
    const began = performance.now();
    res.once('close', () => {
      void opened.then(({ note }) => note(req, res, (performance.now() - began) / 1000));
    });
    next();
  });
  router.get('/metrics', async (req, res) => {
    if (!isSame(req.get('authorization') ?? '', `Bearer ${metricsToken}`)) {
      res
        .status(401)
        .set('WWW-Authenticate', 'Bearer')
        .type('text/plain')
        .send('Send METRICS_TOKEN as bearer.\n');
      return;
    }
    const { text, type } = await (await opened).read();
    res.set('Cache-Control', 'no-store').type(type).send(text);
  });
  return router;
}

/** Loaded only where somebody asked for it: the library has to be in memory for as long as the app runs. */
async function openMetrics({ readiness, guard }: Pick<Services, 'readiness' | 'guard'>) {
  const { collectDefaultMetrics, Gauge, Histogram, Registry } = await import('prom-client');
  const register = new Registry();
  collectDefaultMetrics({ register });
  const answers = new Histogram({
    name: 'http_request_duration_seconds',
    help: 'Answers by route, and how long each took from the first to the last byte',
    labelNames: ['method', 'route', 'status'],
    buckets: SECONDS,
    registers: [register],
  });
  new Gauge({
    name: 'opt_out_registry_ready',
    help: 'Whether each part works without which the guard answers nothing (1: it does)',
    labelNames: ['part'],
    registers: [register],
    async collect() {
      for (const { part, ok } of await readiness()) this.set({ part }, ok ? 1 : 0);
    },
  });
  new Gauge({
    name: 'opt_out_registry_releases_at_work',
    help: 'Releases that this process works on now; when RELEASES_MAX is reached, others are refused',
    registers: [register],
    collect() {
      this.set(guard.releasesAtWork().atWork);
    },
  });
  new Gauge({
    name: 'opt_out_registry_releases_max',
    help: 'How many releases this process works on at once: RELEASES_MAX',
    registers: [register],
    collect() {
      this.set(guard.releasesAtWork().most);
    },
  });
  return {
    note(req: Request, res: Response, seconds: number) {
      const path = (req.route as { path?: unknown } | undefined)?.path;
      const route = typeof path === 'string' ? path : 'none';
      const status = res.writableFinished ? String(res.statusCode) : 'broken-off';
      answers.observe({ method: req.method, route, status }, seconds);
    },
    read: async () => ({ text: await register.metrics(), type: register.contentType }),
  };
}

/** Compares without telling by its time how much of it was right. */
function isSame(one: string, other: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(one), digest(other));
}
