import { command } from './command.ts';

export const serve = command({
  words: ['serve'],
  usage: '',
  help: `Runs the server, like npm start, until it is told to stop (SIGTERM, Ctrl+C).
Exit 0: stopped when told to. Exit 1: it could not start. Exit 2: the settings are not right.`,
  options: {},
  async run() {
    // The server acts on import, ends the process by itself, and says by itself why it cannot start.
    await import('../server.ts');
    return new Promise(() => undefined);
  },
});
