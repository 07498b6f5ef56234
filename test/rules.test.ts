/**
 * Every law is tested by being registered: its examples fire and give exactly what they say, its non-examples decline,
 * both sides agree on random admissible instances (equations by their solution sets, conditions by their truth), its
 * statement is valid LaTeX, its id and title are well-formed.
 */
import katex from 'katex'
import { describe, expect, it } from 'vitest'
import { families, ruleById, rules } from '../rules/index.ts'
import { plain } from '../src/print/index.ts'
import { headsOf, type Rule } from '../src/rewrite/rule.ts'
import { type Done, fire, type Strategy, somewhere } from '../src/rewrite/strategy.ts'
import { same } from '../src/term/order.ts'
import type { Term } from '../src/term/term.ts'
import { some } from '../src/term/walk.ts'
import { type Given, readGiven, readTerm } from './given.ts'
import { compare, read } from './soundness.ts'

/** At the root if its head is the rule's, else at the first place where it fires. */
const fireIn = (r: Rule, t: Term, given: Given, arg?: Term): Done | undefined => {
  const s: Strategy = (u, cx) => {
    if (!headsOf(r).includes(u.kind)) return undefined
    const step = fire(r, u, cx, arg)
    return step && { term: step.after, steps: [step] }
  }
  return s(t, given.cx) ?? somewhere(s)(t, given.cx)
}

/** Terms without a numeric value. */
const isSymbolic = (t: Term): boolean => some(t, u => u.kind === 'expect' || u.kind === 'limit' || u.kind === 'call')

describe('the registry', () => {
  it('has families with rules, every id once', () => {
    expect(families.every(f => f.length > 0)).toBe(true)
    expect(new Set(rules.map(r => r.id)).size).toBe(rules.length)
    for (const r of rules) expect(ruleById(r.id)).toBe(r)
    expect(ruleById('no.such-rule')).toBeUndefined()
  })
})

const sound = rules.filter(r => r.sound !== false)

describe.each(rules.map(r => [r.id, r] as const))('%s', (_id, r) => {
  it('has a title that fits after "by the"', () => {
    expect(r.title).toMatch(/^[a-zΑ-ω0-9]/)
    expect(r.title).not.toMatch(/[.:;]$|^(the|a|an|by) /)
    expect(r.title.length).toBeLessThanOrEqual(80)
  })

  it('has a statement that is valid LaTeX', () => {
    expect(() => katex.renderToString(r.statement, { throwOnError: true, strict: 'error', displayMode: true })).not.toThrow()
  })

  it.each(r.examples.map(e => [`${e.before}   [${e.given ?? ''}]`, e] as const))('fires on %s', (_title, e) => {
    const { given, before, after, arg } = read(e)
    const done = fireIn(r, before, given, arg)
    if (!done) throw new Error(`declines ${plain(before)}`)
    if (!same(done.term, after)) throw new Error(`gives ${plain(done.term)} instead of ${plain(after)}`)
    expect(done.steps).toHaveLength(1)
  })

  if (r.nonExamples && r.nonExamples.length > 0)
    it.each(r.nonExamples.map(([text, given]) => [text, given ?? ''] as const))('declines %s   [%s]', (text, given) => {
      const g = readGiven(given, text)
      const done = fireIn(r, readTerm(text, g.scope), g)
      if (done) throw new Error(`gives ${plain(done.term)}`)
    })
})

describe('both sides agree', () => {
  it.each(sound.map(r => [r.id, r] as const))('%s', (_id, r) => {
    let compared = 0
    let symbolic = false
    for (const e of r.examples) {
      const { given, before, after } = read(e)
      if (isSymbolic(before) || isSymbolic(after)) symbolic = true
      else compared += compare(before, after, given, r)
    }
    if (!symbolic) expect(compared).toBeGreaterThan(5)
  })
})
