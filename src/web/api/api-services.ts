import type { Services } from '../../services.ts';

/**
 * All that the HTTP for machines can reach. Of patients it knows only what the guard lets out; a test keeps it so.
 */
export type ApiServices = Pick<Services, 'config' | 'log' | 'isUnavailable' | 'keys' | 'extracts' | 'guard'>;
