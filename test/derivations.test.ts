/**
 * Walks derivations/: each model is derived, held against what its file expects (by normal form, never as a string),
 * certified, and compared with the accepted output beside it. `npm run accept` (ACCEPT=1) rewrites the accepted output.
 */
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { derive } from '../src/derive/derive.ts'
import type { Derivation } from '../src/document/document.ts'
import { type Model, modelContext } from '../src/model/model.ts'
import { parseModel } from '../src/model/model-file.ts'
import { parseExpression, parseProposition, type Scope } from '../src/read/parser.ts'
import { render } from '../src/render/render.ts'
import { signOf } from '../src/rewrite/sign.ts'
import { equivalent, isZeroForm, type Positive } from '../src/term/normal-form.ts'
import { add, type Expr, type Prop, sub } from '../src/term/term.ts'
import { arraysOf, mentions, symbolsOf } from '../src/term/walk.ts'
import { certify } from '../src/verify/certify.ts'
import { isComplete } from '../src/verify/proofread.ts'

const folder = new URL('../derivations/', import.meta.url)
const accept = process.env['ACCEPT'] === '1'
const names = readdirSync(folder)
  .filter(f => f.endsWith('.yaml'))
  .map(f => f.replace(/\.yaml$/, ''))

const scopeOf = (model: Model): Scope => {
  const counts = model.likelihood?.data ?? []
  return {
    symbols: new Set(
      [...model.parameters, ...model.known]
        .filter(p => !p.length)
        .map(p => p.name)
        .concat(model.samples.flatMap(s => [...symbolsOf(s.size)]))
        .concat(counts.flatMap(d => (d.length ? [...symbolsOf(d.length)] : [d.name]))),
    ),
    arrays: new Set(
      model.samples
        .flatMap(s => [...s.variables, ...s.covariates].map(v => v.name))
        .concat([...model.parameters, ...counts].filter(p => p.length).map(p => p.name)),
    ),
  }
}
/** What the model's own facts prove positive. */
const positiveIn = (model: Model): Positive => {
  const cx = modelContext(model)
  return t => signOf(t, cx)?.sign === 'pos'
}

interface Expected {
  readonly outcome?: string
  readonly estimator?: string
  readonly information?: string
  readonly caveat?: string
}

const estimatorsOf = (d: Derivation, name: string): readonly Expr[] =>
  [d.answer.parameters[name]?.estimator, ...d.answer.cases.map(c => c.estimator?.[name])].filter(e => e !== undefined && e !== null)

/** The same condition up to which side stands where and, for equations, up to a factor ±1. */
const sameCondition = (a: Prop, b: Prop, positive: Positive): boolean => {
  if (a.kind !== 'rel' || b.kind !== 'rel') return false
  const strict = (p: typeof a): boolean => p.op === '='
  if (strict(a) !== strict(b)) return false
  const [u, v] = [sub(a.left, a.right), sub(b.left, b.right)]
  return equivalent(u, v, positive) || (a.op === '=' && isZeroForm(add(u, v), positive))
}
const conditionsOf = (p: Prop): readonly Prop[] => (p.kind === 'and' || p.kind === 'or' ? p.props.flatMap(conditionsOf) : [p])

describe.each(names)('%s', name => {
  const model = parseModel(readFileSync(new URL(`${name}.yaml`, folder), 'utf8'))
  const derivation = derive(model)
  const expected = (model.source['expect'] ?? {}) as Expected
  const scope = scopeOf(model)
  const positive = positiveIn(model)

  it('answers what its file expects', () => {
    expect(derivation.answer.obstacle).toBeNull()
    if (expected.outcome) expect(derivation.answer.outcome).toBe(expected.outcome)
    if (expected.estimator) {
      const [, parameter = '', text = ''] = /^(\w+)\s*=(.*)$/.exec(expected.estimator) ?? []
      const wanted = parseExpression(text, scope).term
      expect(
        estimatorsOf(derivation, parameter).some(e => equivalent(e, wanted, positive)),
        expected.estimator,
      ).toBe(true)
    }
    if (expected.information === 'refused') expect(derivation.answer.information).toHaveProperty('refused')
    else if (expected.information) {
      const found = 'fisher' in derivation.answer.information ? derivation.answer.information.fisher?.[0]?.[0] : undefined
      const wanted = parseExpression(expected.information, scope).term
      expect(found !== undefined && equivalent(found, wanted, positive), expected.information).toBe(true)
    }
    if (expected.caveat) {
      const wanted = parseProposition(expected.caveat, scope)
      const conditions = derivation.answer.cases.flatMap(c => conditionsOf(c.when))
      expect(
        conditions.some(c => sameCondition(c, wanted, positive)),
        expected.caveat,
      ).toBe(true)
    }
  })

  it('answers in closed form with data and knowns only', () => {
    for (const p of model.parameters)
      for (const e of estimatorsOf(derivation, p.name))
        for (const q of model.parameters) expect(mentions(e, q.name), `${p.name} in terms of ${q.name}`).toBe(false)
    const declared = new Set([...scope.symbols, ...scope.arrays])
    for (const p of model.parameters)
      for (const e of estimatorsOf(derivation, p.name)) for (const n of [...symbolsOf(e), ...arraysOf(e)]) expect(declared).toContain(n)
  })

  it('is certified line by line and by brute force, and reads as accepted', async () => {
    const certified = await certify(derivation)
    expect(certified.certificate?.unverified).toEqual([])
    expect(isComplete(certified.certificate)).toBe(true)
    expect(certified.certificate).toMatchObject({ maximum: 'agrees', independent: 'agrees' })
    expect(certified.certificate?.secondOpinion).not.toBe('differs')
    const written = render(certified, 'markdown')
    const file = new URL(`${name}.md`, folder)
    if (accept) writeFileSync(file, written)
    else if (existsSync(file)) expect(written).toBe(readFileSync(file, 'utf8'))
    else expect.fail(`derivations/${name}.md is missing: read the derivation, then run npm run accept`)
  })
})
