/** derivations/README.md lists what is there, as it is derived today. */
import { expect, it } from 'vitest'
import { contents, written } from '../scripts/contents.ts'

it('derivations/README.md is up to date (npm run accept)', () => {
  expect(written()).toBe(contents())
})
