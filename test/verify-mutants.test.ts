/** Proof-reading must notice: every line of every derivation is spoiled in several ways, and sampling alone has to see it. */
import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { derive } from '../src/derive/derive.ts'
import { modelContext } from '../src/model/model.ts'
import { parseModel } from '../src/model/model-file.ts'
import { same } from '../src/term/order.ts'
import { add, div, type Expr, eq, mul, neg, num, ONE, sub, sym, type Term } from '../src/term/term.ts'
import { mentions, replace, summands } from '../src/term/walk.ts'
import { isProp, sampleLine } from '../src/verify/line-sampling.ts'
import { chainsOf } from '../src/verify/proofread.ts'
import { chainContext, contextKey, settingsFor } from '../src/verify/settings.ts'

const folder = new URL('../derivations/', import.meta.url)
const names = readdirSync(folder)
  .filter(f => f.endsWith('.yaml'))
  .map(f => f.replace(/\.yaml$/, ''))

/** Ways to go wrong that change the value of an expression for almost all data. */
const spoiled = (t: Expr, unknown: Expr): readonly (readonly [string, Expr])[] => {
  const [first, ...rest] = summands(t)
  const n = sym('n')
  return [
    ['a factor of 51/50', mul(num(51, 50), t)],
    ['a term in the unknown', add(t, div(unknown, num(97)))],
    ['the sign', neg(t)],
    ['the sign of one summand', first && rest.length > 0 ? add(neg(first), ...rest) : t],
    ['n - 1 for n', mentions(t, 'n') ? replace(t, n, sub(n, ONE)) : t],
  ]
}
const mutants = (t: Term, unknown: Expr): readonly (readonly [string, Term])[] => {
  if (!isProp(t)) return spoiled(t as Expr, unknown)
  if (t.kind !== 'rel' || t.op !== '=') return []
  return [
    ['right side larger', eq(t.left, add(t.right, num(1, 7)))],
    ['right side doubled, and more', eq(t.left, add(mul(num(2), t.right), div(unknown, num(13))))],
  ]
}

describe.each(names)('%s', name => {
  it('has no line that could be spoiled unseen', () => {
    const derivation = derive(parseModel(readFileSync(new URL(`${name}.yaml`, folder), 'utf8')))
    const { model } = derivation
    const unknown = sym(model.parameters[0]?.name ?? 'theta')
    const settings = settingsFor(model, 3)
    const unseen: string[] = []
    for (const chain of chainsOf(derivation)) {
      const cx = chainContext(modelContext(model), chain)
      const points = settings.of(cx, contextKey(chain))
      let previous = chain.start
      for (const line of chain.lines) {
        if (!same(previous, line.term))
          for (const [how, term] of mutants(line.term, unknown)) {
            if (same(term, line.term)) continue
            const seen =
              sampleLine(previous, { relation: line.relation, term }, points, cx, model) ??
              (isProp(term)
                ? sampleLine(previous, { relation: line.relation, term }, settings.more(cx, contextKey(chain), chain.start), cx, model)
                : undefined)
            if (seen === undefined) unseen.push(`${line.id}: ${how}`)
          }
        previous = line.term
      }
    }
    expect(unseen).toEqual([])
  })
})
