import { defineConfig } from 'vitest/config'

export default defineConfig({
  // Tests run on the sources: one stale build less to wonder about.
  resolve: { conditions: ['sallyport-source'] },
  ssr: { resolve: { conditions: ['sallyport-source'] } },
  test: {
    include: [
      'packages/*/src/**/*.test.ts',
      'scripts/**/*.test.ts',
      'e2e/**/*.test.ts',
      'examples/**/*.test.ts',
      'benchmarks/**/*.test.ts',
      'training/**/*.test.ts',
    ],
    setupFiles: process.env['CI'] === 'true' ? ['scripts/fixed-seed.ts'] : [],
    testTimeout: 30_000,
    hookTimeout: 60_000,
    maxWorkers: 2,
  },
})
