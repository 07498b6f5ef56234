/** The lines that a full answer contains and the laws between them: a marking scheme for a model. */
import { derive } from '../derive/derive.ts'
import type { Model } from '../model/model.ts'
import { unicode } from '../print/index.ts'
import { type Expr, eq, type Rel, sym, type Term, ZERO } from '../term/term.ts'
import { some, subterms } from '../term/walk.ts'
import { derivativeIn } from './nudge.ts'
import { referenceOf } from './reference.ts'
import { type Formula, formula, type Role } from './report.ts'
import { likelihoodForms, logForms, scoreForms } from './trail.ts'

export interface StageReport {
  readonly role: Role
  readonly formula: Formula
  /** Ids of the laws that lead to it. */
  readonly rules: readonly string[]
  /** What is said beside the formula: of which samples it speaks, or why it is the maximum. */
  readonly note?: string
}

const roles: Readonly<Record<string, Role>> = {
  likelihood: 'likelihood',
  'log-likelihood': 'log-likelihood',
  score: 'score',
  'score-equation': 'score-equation',
  'second-order': 'second-derivative',
  boundary: 'claim',
  conclusion: 'estimator',
}

/** What holds for samples without one formula for the estimate. */
const withoutFormula: Readonly<Record<string, string>> = {
  none: 'for such samples no maximum exists',
  implicit: 'for such samples the estimate is the root of the score equation',
  set: 'for such samples several values are maximisers',
  finite: 'for such samples several values are equally high',
}

/** How an argument for a global maximum is called in a sentence. */
const argumentsFor: Readonly<Record<string, string>> = {
  'sign change': 'the change of sign of the score',
  coercive: 'the fall of the log-likelihood towards every end',
  'reparametrised concavity': 'concavity after a change of parameter',
  profile: 'maximising step by step',
  monotone: 'monotony',
  comparison: 'comparison of the values',
}

/** What a full answer says, line by line; from the model alone where it cannot be derived yet. */
export const stagesOf = (model: Model): readonly StageReport[] => {
  const derivation = derive(model)
  const found = derivation.sections.flatMap(s => {
    const role = roles[s.id]
    if (!role) return []
    return s.blocks.flatMap(b =>
      b.type === 'chain'
        ? b.lines.map(l => ({
            role,
            formula: formula(l.term as Expr | Rel),
            rules: [...new Set(l.steps.map(step => step.rule))],
          }))
        : [],
    )
  })
  const { answer } = derivation
  const why = answer.global ? { note: `the maximum, by ${argumentsFor[answer.global] ?? answer.global}` } : {}
  const estimates = Object.values(answer.parameters).flatMap(p =>
    p.estimator ? [{ role: 'estimator' as const, formula: formula(p.estimator), rules: [], ...why }] : [],
  )
  const special = answer.cases.flatMap((c): StageReport[] => {
    const stated = Object.values(c.estimator ?? {})
    if (answer.cases.length < 2) return []
    return stated.length > 0
      ? stated.map(t => ({ role: 'claim' as const, formula: formula(t), rules: [], note: `if ${unicode(c.when)}` }))
      : [
          {
            role: 'claim' as const,
            formula: formula(c.when as Expr | Rel),
            rules: [],
            note: withoutFormula[c.attained] ?? 'the maximum has no closed form',
          },
        ]
  })
  if (found.length > 0)
    return [...found, ...estimates, ...special].filter(
      (s: StageReport, k, all: readonly StageReport[]) =>
        k === 0 || s.role !== all[k - 1]?.role || s.formula.text !== all[k - 1]?.formula.text || s.note !== all[k - 1]?.note,
    )
  return fromModel(model)
}

/** From the model alone: the equations of every parameter, and what their solution has to be shown to be. */
const fromModel = (model: Model): readonly StageReport[] => {
  const r = referenceOf(model)
  const size = (t: Expr): number => subterms(t).length
  const unopened = likelihoodForms(r).length
  // a log that still has data in it is to be opened
  const closed = (t: Expr): number => subterms(t).filter(u => u.kind === 'fn' && u.name === 'log' && some(u, isUnopened)).length
  const log = [...logForms(r).slice(unopened)].sort((a, b) => closed(a) - closed(b) || size(a) - size(b))[0]
  const scores = r.moving
    ? []
    : r.unknowns.flatMap(u => {
        const t = derivativeIn(r, log, sym(u)) ?? scoreForms(r, u)[0]
        return t ? [{ u, t }] : []
      })
  const seconds = scores.flatMap(({ u, t }, k) =>
    r.unknowns.slice(k).flatMap(v => {
      const second = derivativeIn(r, t, sym(v))
      return second ? [{ note: u === v ? `∂²ℓ/∂${letter(u)}²` : `∂²ℓ/∂${letter(u)}∂${letter(v)}`, t: second }] : []
    }),
  )
  const shown = (role: Role, t: Expr | undefined): StageReport[] => (t ? [{ role, formula: formula(t), rules: [] }] : [])
  return [
    ...shown('likelihood', r.likelihood),
    ...shown('likelihood', likelihoodForms(r).at(-1)).map(s => (r.moving ? { ...s, note: 'where the data are possible' } : s)),
    ...shown('log-likelihood', log),
    ...scores.flatMap(({ u, t }) => shown('score', t).map(s => ({ ...s, note: `∂ℓ/∂${letter(u)}` }))),
    ...scores.flatMap(({ t }) => [{ role: 'score-equation' as const, formula: formula(eq(t, ZERO)), rules: [] }]),
    ...seconds.flatMap(({ note, t }) => shown('second-derivative', t).map(s => ({ ...s, note }))),
  ]
}
const isUnopened = (u: Term): boolean => u.kind === 'fn' && u.name === 'exp'
const letter = (u: string): string => unicode(sym(u))
