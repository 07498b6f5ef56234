/**
 * The bank of mistakes: every record is complete, every slip fires on its examples, and every rewrite fails the test of
 * soundness that the laws pass.
 */
import { describe, expect, it } from 'vitest'
import { mistakeById, mistakes, type Slip } from '../rules/mistakes.ts'
import { plain } from '../src/print/index.ts'
import { context } from '../src/rewrite/facts.ts'
import { same } from '../src/term/order.ts'
import type { Term } from '../src/term/term.ts'
import { mapChildren, subterms } from '../src/term/walk.ts'
import { compare, read } from './soundness.ts'

/** The whole term with a slip made at any one place. */
const made = (s: Slip, t: Term): readonly Term[] => {
  const heads = typeof s.on === 'string' ? [s.on] : s.on
  const cx = context()
  const here = heads.includes(t.kind) ? s.rewrite(t as never, cx) : []
  const below = subterms(t)
    .filter(u => u !== t && heads.includes(u.kind))
    .flatMap(u => s.rewrite(u as never, cx).map(v => exchange(t, u, v)))
  return [...here, ...below]
}
const exchange = (t: Term, u: Term, v: Term): Term => (t === u ? v : mapChildren(t, c => exchange(c, u, v)))

describe('the bank', () => {
  it('has every id once, with words for the student', () => {
    expect(mistakes.length).toBeGreaterThanOrEqual(106)
    expect(new Set(mistakes.map(m => m.id)).size).toBe(mistakes.length)
    for (const m of mistakes) {
      expect(m.id).toMatch(/^[a-z]+\.[a-z0-9-]+$/)
      for (const text of [m.name, m.wrong, m.right, m.soundWhen, m.advice]) expect(text).not.toBe('')
      expect(m.advice).toMatch(/[.?]$/)
      expect(mistakeById(m.id)).toBe(m)
    }
  })
  it('gives every rewrite a slip with an example', () => {
    for (const m of mistakes)
      if (m.kind === 'rewrite')
        expect(
          m.slips.some(s => s.examples.length > 0),
          m.id,
        ).toBe(true)
  })
})

const slips = mistakes.flatMap(m => m.slips.flatMap((s, k) => s.examples.map(e => [`${m.id} ${k}: ${e.before}`, s, e] as const)))

describe('every slip', () => {
  it.each(slips)('%s: fires', (_title, s, e) => {
    const { before, after } = read(e)
    const results = made(s, before)
    const reached = results.some(r => same(r, after) || sameValues(r, after, e))
    expect(reached, `gives ${results.map(r => plain(r)).join(' or ')}`).toBe(true)
  })
  it.each(slips)('%s: is no law', (_title, _s, e) => {
    const { given, before, after } = read(e)
    expect(() => compare(before, after, given, {})).toThrow()
  })
})

const sameValues = (a: Term, b: Term, e: Parameters<typeof read>[0]): boolean => {
  try {
    return compare(a, b, read(e).given, {}) > 0
  } catch {
    return false
  }
}
