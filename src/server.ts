import { createApp } from './app.ts';
import { readConfig } from './config.ts';
import { greeting } from './demo/greeting.ts';
import { openWithDemo } from './demo/open-with-demo.ts';
import { jobs } from './jobs.ts';
import { startSchedule } from './schedule.ts';
import { httpServer } from './web/http-server.ts';

/** How long a stop waits for answers that are on their way, in milliseconds. */
const GRACE = 20_000;

const read = readConfig(process.env);
if (!read.ok) {
  process.stderr.write(`The settings are not right:\n${read.faults.map((fault) => `  ${fault}\n`).join('')}`);
  process.exit(2);
}

const say = (line: string) => process.stderr.write(`${line}\n`);
const services = await openWithDemo(read.config, say).catch((error: unknown) => {
  process.stderr.write(`The app cannot start: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
});
const server = httpServer(createApp(services));
server.listen(read.config.port, read.config.host, () => {
  services.log.info({ event: 'started' });
  if (read.config.demo) say(greeting(read.config));
});

const stopSchedule = startSchedule(jobs(services), services.now, services.log);

let stopping = false;
for (const signal of ['SIGTERM', 'SIGINT'] as const) {
  process.on(signal, () => {
    if (stopping) return;
    stopping = true;
    services.log.info({ event: 'stopping' });
    // New connections are refused, answers on their way are finished, the database is closed.
    const giveUp = setTimeout(() => server.closeAllConnections(), GRACE);
    server.close(async () => {
      clearTimeout(giveUp);
      await stopSchedule();
      await services.close();
      services.log.info({ event: 'stopped' });
      process.exit(0);
    });
    server.closeIdleConnections();
  });
}
