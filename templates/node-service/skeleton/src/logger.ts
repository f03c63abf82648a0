import { pino, type DestinationStream, type Logger } from 'pino';
import { service } from './service.js';

export function createLogger(
  level: string,
  destination?: DestinationStream,
): Logger {
  return pino(
    {
      level,
      base: { service: service.name, version: service.version },
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: label => ({ level: label }) },
      // A second fence: nothing logs headers today.
      redact: ['req.headers.authorization', 'headers.authorization'],
    },
    destination ?? pino.destination({ fd: 1, sync: true }),
  );
}
