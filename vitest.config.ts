import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    // one worker for each core: the suite computes, it never waits
    maxWorkers: '100%',
    testTimeout: 60_000,
  },
})
