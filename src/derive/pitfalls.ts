/**
 * What is easily got wrong about an answer, one short remark each, under the conclusion: the divisor of squared
 * deviations, and a formula that gives a point outside of the parameter space. Recognised by the form of the answer.
 */
import type { Answer, AnswerCase, Block, Phrase, Section } from '../document/document.ts'
import { say } from '../document/say.ts'
import type { Model } from '../model/model.ts'
import { normalForm } from '../term/normal-form.ts'
import { same } from '../term/order.ts'
import { addAll, type Expr, MINUS_ONE, neg, num, type Prop, pow, type Rel, sub } from '../term/term.ts'
import { arraysOf, factors, hasKind, replace } from '../term/walk.ts'

/** Σ of squares of x_i − c. @returns c, free of the index */
const centreOf = (t: Expr, data: ReadonlySet<string>): Expr | undefined => {
  if (t.kind !== 'big' || t.op !== 'sum' || t.body.kind !== 'pow' || t.body.exponent.kind !== 'num') return undefined
  const { base, exponent } = t.body
  if (!same(exponent, num(2)) || base.kind !== 'add') return undefined
  const own = base.terms.filter(u => (u.free & 1) === 1)
  const [entry] = own
  const rest = base.terms.filter(u => (u.free & 1) === 0)
  if (own.length !== 1 || !entry || rest.length === 0 || ![...arraysOf(entry)].some(a => data.has(a))) return undefined
  const offset = addAll(rest)
  const [head] = factors(entry)
  if (head?.kind !== 'num') return neg(offset)
  return same(head, MINUS_ONE) ? offset : undefined
}

/** The centre of squared deviations whose sum the formula divides by n, as a factor or under a root. */
const dividedDeviations = (t: Expr, size: Expr, data: ReadonlySet<string>): Expr | undefined => {
  const parts = factors(t)
  if (parts.some(f => same(f, pow(size, MINUS_ONE))))
    for (const f of parts) {
      const centre = centreOf(f, data)
      if (centre) return centre
    }
  for (const f of parts) {
    const inner = f.kind === 'pow' ? dividedDeviations(f.base, size, data) : undefined
    if (inner) return inner
  }
  return undefined
}

const divisor = (estimator: Expr, model: Model): Phrase | undefined => {
  const [sample] = model.samples
  if (!sample || model.parameters.length !== 1 || sample.size.kind !== 'sym') return undefined
  const centre = dividedDeviations(estimator, sample.size, new Set(sample.variables.map(v => v.name)))
  if (!centre || hasKind(centre, 'big')) return undefined
  return say`The score gives the divisor ${sample.size}, not ${sub(sample.size, num(1))}: ${centre} is known, and no mean is estimated from the sample.`
}

const equalities = (p: Prop): readonly Rel[] =>
  p.kind === 'and' ? p.props.flatMap(equalities) : p.kind === 'rel' && p.op === '=' ? [p] : []

/** The formula gives the excluded end itself. */
const outside = (name: string, estimator: Expr, c: AnswerCase): Phrase | undefined => {
  const end = c.towards?.[name]
  const told = equalities(c.when)
  if (c.attained !== 'none' || !end || end.kind === 'infinity' || told.length === 0 || told.length !== atoms(c.when)) return undefined
  const value = normalForm(told.reduce((t: Expr, e) => replace(t, e.left, e.right), estimator))
  if (!same(value, normalForm(end))) return undefined
  return say`For ${c.when} the formula gives ${end}, which the parameter space excludes: it is no estimate.`
}
const atoms = (p: Prop): number => (p.kind === 'and' ? p.props.reduce((n, q) => n + atoms(q), 0) : 1)

/** The remarks on an answer, in the order in which they are printed. */
const remarks = (model: Model, answer: Answer): readonly Block[] => {
  const [first] = Object.entries(answer.parameters)
  const [name, found] = first ?? []
  if (name === undefined || !found?.estimator) return []
  const estimator = found.estimator
  const said = [divisor(estimator, model), ...answer.cases.slice(0, 4).map(c => outside(name, estimator, c))]
  return said.flatMap((content): Block[] => (content ? [{ type: 'remark', content }] : []))
}

/** The sections with the remarks at the end of the conclusion. */
export const withPitfalls = (model: Model, sections: readonly Section[], answer: Answer): readonly Section[] => {
  const more = remarks(model, answer)
  if (more.length === 0) return sections
  return sections.map(s => (s.id === 'conclusion' ? { ...s, blocks: [...s.blocks, ...more] } : s))
}
