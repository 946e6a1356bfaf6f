import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['{src,tests}/**/*.test.ts'],
    globalSetup: 'tests/support/postgres.ts',
    testTimeout: 120_000,
    hookTimeout: 60_000,
    maxWorkers: 2,
  },
})
