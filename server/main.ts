/** The process: environment, command line, signals. The only file that reads `process.env` and the only one that ends the process. */
import { basename, join } from 'node:path'
import { createApp } from './app.ts'
import { ConfigProblem, describeSettings, readConfig } from './config.ts'
import { KeyProblem } from './crypto/key-file.ts'
import { createLog } from './lib/log.ts'
import { InstallationProblem } from './people/installation.ts'
import { warmUp } from './rooms/warm-up.ts'
import { FolderInUse } from './storage/embedded/folder-lock.ts'
import { StoreUnavailable } from './storage/port.ts'
import { AlreadyServing } from './storage/serving-lease.ts'
import { CannotListen } from './transport/listening.ts'

const { argv, env } = process

if (argv.includes('--help') || argv.includes('-h')) {
  console.log(`Dure is configured by its environment:\n\n${describeSettings()}\n`)
  console.log(
    'npm start -- --new-operator\n    Prints a one-time code that makes another operator and switches off the one before.',
  )
} else {
  await start().catch(error => {
    if (isProblemInWords(error)) console.error(error.message)
    else console.error('Dure could not start:', error)
    process.exit(1)
  })
}

async function start(): Promise<void> {
  const config = readConfig(env)
  const log = createLog({ level: config.logLevel })
  const app = await createApp(config, {
    log,
    clientFolder: builtClient(import.meta.dirname),
    newOperator: argv.includes('--new-operator'),
    // Nothing that is still open may be written any more, so there is nothing to wait for.
    onLeaseLost: () => process.exit(1),
  })
  for (const line of app.startLines) console.log(line)

  let stopping = false
  const nextTurn = () => new Promise<boolean>(resolve => setImmediate(() => resolve(!stopping)))
  warmUp(nextTurn).catch(error => log.error({ error }, 'Warming up failed'))
  const stop = (exitCode: number) => {
    // Whoever asks twice does not want to wait.
    if (stopping) process.exit(1)
    stopping = true
    setTimeout(() => {
      log.error({ limitMs: config.stopLimitMs }, 'Stopping took longer than it may')
      process.exit(1)
    }, config.stopLimitMs).unref()
    app.close().then(
      () => process.exit(exitCode),
      error => {
        log.error({ error }, 'Stopping failed')
        process.exit(1)
      },
    )
  }
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.on(signal, () => stop(0))
  // The last resort (ASVS 16.5.4): a promise that nobody waited for loses its own work only; a throw in the open leaves unknown state behind.
  process.on('unhandledRejection', error => log.error({ error }, 'A rejection was not handled'))
  process.on('uncaughtException', error => {
    log.error({ error }, 'An error was not caught; stopping')
    stop(1)
  })
}

/** Beside the built server, wherever it is started from; from the sources it is the last build. */
function builtClient(here: string): string {
  return basename(join(here, '..')) === 'dist' ? join(here, '..', 'client') : join(here, '..', 'dist', 'client')
}

/** Problems whose message was written for the person at the terminal. */
function isProblemInWords(error: unknown): error is Error {
  return [
    ConfigProblem,
    CannotListen,
    KeyProblem,
    InstallationProblem,
    FolderInUse,
    AlreadyServing,
    StoreUnavailable,
  ].some(kind => error instanceof kind)
}
