/**
 * The forms in which a textbook writes the likelihood of a model, its logarithm and the score: the places where mistakes are
 * looked for when a line skipped them. Opened by the laws of derivations; what a law cannot open is left as it stands.
 */

import { derive } from '../derive/derive.ts'
import { expandEntangledSums, gatherNumbers, openLog, openPowers, openProduct, splitSums } from '../derive/laws.ts'
import type { Chain, Derivation } from '../document/document.ts'
import type { Strategy } from '../rewrite/strategy.ts'
import { type Solution, solveEquation } from '../solve/one-equation.ts'
import { same } from '../term/order.ts'
import { addAll, big, type Expr, eq, log, mulAll, type Rel, sym, type Term, ZERO } from '../term/term.ts'
import { mapChildren } from '../term/walk.ts'
import { differentiate } from './differentiate.ts'
import { once, type Reference } from './reference.ts'

const applied = (s: Strategy, t: Expr, r: Reference): Expr => {
  try {
    return (s(t, r.interior)?.term as Expr | undefined) ?? t
  } catch {
    return t
  }
}
const distinct = <T extends Term>(list: readonly T[]): readonly T[] => list.filter((t, i) => list.findIndex(u => same(u, t)) === i)

/** Without the indicators of a support that moves. */
const smooth = (t: Term): Term => {
  const u = mapChildren(t, smooth)
  return u.kind === 'mul' ? mulAll(u.factors.filter(f => f.kind !== 'iverson')) : u
}

/** L as it is first written, and opened step by step. */
export const likelihoodForms = (r: Reference): readonly Expr[] =>
  once(r, 'likelihood forms', () => {
    const raw = smooth(r.likelihood) as Expr
    const opened = applied(openProduct, raw, r)
    const gathered = applied(gatherNumbers, opened, r)
    return distinct([raw, opened, gathered, applied(splitSums, opened, r)])
  })

/** ℓ: the log of L in each form, the sum of logs, and opened as far as it goes. */
export const logForms = (r: Reference): readonly Expr[] =>
  once(r, 'log forms', () => {
    const forms = likelihoodForms(r)
    const opened = forms.map(t => applied(openPowers, applied(openLog, log(t), r), r))
    const sums = forms.flatMap(t => (t.kind === 'big' && t.op === 'prod' ? [big('sum', t.lo, t.hi, log(t.body))] : []))
    const halfOpened = sums.map(t => applied(openLog, t, r))
    return distinct([...forms.map(log), ...sums, ...halfOpened, r.ell, ...opened, ...opened.map(t => applied(expandEntangledSums, t, r))])
  })

/** log of L as the sum of the logs of its factors, none of them opened further. */
export const splitForms = (r: Reference): readonly Expr[] =>
  once(r, 'split forms', () => likelihoodForms(r).flatMap(t => (t.kind === 'mul' ? [addAll(t.factors.map(log))] : [])))

/** ℓ fully opened: what is usually differentiated. */
export const openedForms = (r: Reference): readonly Expr[] =>
  once(r, 'opened forms', () => distinct([...logForms(r).slice(likelihoodForms(r).length)].reverse()))

/** ∂ℓ/∂θ, as a sum over the sample and split. */
export const scoreForms = (r: Reference, name: string): readonly Expr[] =>
  once(r, `score forms ${name}`, () => distinct(openedForms(r).map(t => differentiate(t, sym(name)))))

/** The derivation of the model, as far as it goes. */
export const derivationOf = (r: Reference): Derivation | undefined =>
  once(r, 'derivation', () => {
    try {
      return derive(r.model)
    } catch {
      return undefined
    }
  })

const chainsOf = (r: Reference, section?: string): readonly Chain[] =>
  (derivationOf(r)?.sections ?? [])
    .filter(s => section === undefined || s.id === section)
    .flatMap(s => s.blocks.flatMap(b => (b.type === 'chain' ? [b] : [])))

/** The equations that a derivation passes through on its way to the root, if there is one. */
export const equationForms = (r: Reference): readonly Rel[] =>
  once(r, 'equation forms', () =>
    chainsOf(r)
      .flatMap(b => [b.start, ...b.lines.map(l => l.term)])
      .flatMap(t => (t.kind === 'rel' && t.op === '=' ? [t] : [])),
  )

/** How an equation is solved for a parameter, as far as the methods of derivations go. */
export const solvedLines = (r: Reference, p: Rel, parameter: string): Solution['lines'] =>
  once(r, `solved ${p.hash} ${parameter}`, () => {
    try {
      return solveEquation(p, sym(parameter), r.interior).lines
    } catch {
      return []
    }
  })

/** The equations through which somebody's own equation is solved. */
export const solvedForms = (r: Reference, equations: readonly Rel[], parameter: string): readonly Rel[] =>
  distinct(
    [
      ...equations,
      ...scoreForms(r, parameter)
        .slice(0, 1)
        .map(t => eq(t, ZERO)),
    ].slice(0, 3),
  ).flatMap(p => equationsIn(solvedLines(r, p as Rel, parameter)))

/** The equations among the lines of a solution. */
export const equationsIn = (lines: Solution['lines']): readonly Rel[] =>
  lines.flatMap(l => (l.done.term.kind === 'rel' && l.done.term.op === '=' ? [l.done.term] : []))
