/**
 * The operator's log: what the machine does, never what people write. Nothing here takes a body, a cookie, a name or a document's content;
 * redaction is a second line for the keys that carry such things when an object is logged by mistake.
 */
import { type DestinationStream, pino } from 'pino'

export interface Log {
  debug(fields: object, message: string): void
  info(fields: object, message: string): void
  warn(fields: object, message: string): void
  error(fields: object, message: string): void
}

export const LOG_LEVELS = ['debug', 'info', 'warn', 'error', 'silent'] as const
export type LogLevel = (typeof LOG_LEVELS)[number]

const SECRETS = [
  'password',
  'cookie',
  'authorization',
  'code',
  'token',
  'secret',
  'body',
  'name',
  'login',
  'label',
  'title',
]

export function createLog(options: { level: LogLevel; destination?: DestinationStream }): Log {
  const settings = {
    level: options.level,
    base: undefined,
    timestamp: () => `,"time":"${new Date().toISOString()}"`,
    formatters: { level: (label: string) => ({ level: label }) },
    redact: { paths: SECRETS.flatMap(key => [key, `*.${key}`, `*.*.${key}`]), censor: '…' },
    serializers: { error: describeError },
  }
  return options.destination ? pino(settings, options.destination) : pino(settings)
}

/** Name, message, code, stack and causes of an error, without the enumerable fields that libraries hang on it (they may hold content). */
export function describeError(error: unknown, depth = 0): object {
  if (!(error instanceof Error)) return { message: typeof error === 'string' ? error.slice(0, 300) : typeof error }
  const code =
    'code' in error && (typeof error.code === 'string' || typeof error.code === 'number') ? error.code : undefined
  return {
    type: error.name,
    message: error.message.slice(0, 500),
    code,
    stack: error.stack?.split('\n').slice(1, 12).join('\n'),
    cause: error.cause !== undefined && depth < 3 ? describeError(error.cause, depth + 1) : undefined,
  }
}
