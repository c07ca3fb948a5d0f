/**
 * The suffix says what a test needs: `.test.ts` nothing, `.property.test.ts` a seed, `.process.test.ts` real processes or real time,
 * `.mongo.test.ts` a server that speaks MongoDB's protocol (`MONGODB_TEST_URL`), `.e2e.test.ts` the built application and a browser,
 * `.whole.e2e.test.ts` minutes of it (`DURE_TEST_WHOLE=1`, as in the deep run).
 */
import { defineConfig } from 'vitest/config'

/** A server that is not made for speed may take its time: FerretDB needs half a minute for what takes the embedded store one second. */
const UNIT_TIMEOUT_MS = process.env.DURE_TEST_STORE === 'mongodb' ? 180_000 : 120_000

/** What is waited for in real time comes, or never does: a slow machine is no failure (the default is one second). */
const POLL = { poll: { timeout: 60_000 } }

const WHOLE = process.env.DURE_TEST_WHOLE === '1'

export default defineConfig({
  test: {
    // Two cores: more workers only take turns, and real sockets and processes need the room.
    maxWorkers: 2,
    projects: [
      {
        test: {
          name: 'unit',
          // Our modules keep no state of their own, and loading them anew for each file costs more than the tests.
          isolate: false,
          root: '.',
          expect: POLL,
          include: ['test/**/*.test.ts', 'test/**/*.test.tsx'],
          exclude: ['test/**/*.{property,process,mongo,e2e}.test.{ts,tsx}'],
          testTimeout: UNIT_TIMEOUT_MS,
          hookTimeout: 60_000,
        },
      },
      {
        test: {
          name: 'property',
          // As above.
          isolate: false,
          root: '.',
          include: ['test/**/*.property.test.ts'],
          testTimeout: 3_600_000,
        },
      },
      {
        test: {
          name: 'process',
          root: '.',
          expect: POLL,
          include: ['test/**/*.process.test.ts'],
          testTimeout: 1_800_000,
          hookTimeout: 60_000,
        },
      },
      {
        test: {
          name: 'mongo',
          root: '.',
          expect: POLL,
          include: ['test/**/*.mongo.test.ts'],
          testTimeout: 120_000,
          hookTimeout: 60_000,
        },
      },
      {
        test: {
          name: 'e2e',
          root: '.',
          expect: POLL,
          include: ['test/**/*.e2e.test.ts'],
          exclude: WHOLE ? [] : ['test/**/*.whole.e2e.test.ts'],
          testTimeout: 3_600_000,
          hookTimeout: 120_000,
        },
      },
    ],
  },
})
