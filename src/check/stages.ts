/** The lines that a full answer contains and the laws between them: a marking scheme for a model. */
import { derive } from '../derive/derive.ts'
import type { Model } from '../model/model.ts'
import { latex, plain } from '../print/index.ts'
import { referenceOf } from './reference.ts'
import type { Formula, Role } from './report.ts'
import { likelihoodForms, logForms, scoreForms } from './trail.ts'

export interface StageReport {
  readonly role: Role
  readonly formula: Formula
  /** Ids of the laws that lead to it. */
  readonly rules: readonly string[]
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
            formula: { latex: latex(l.term), text: plain(l.term) },
            rules: [...new Set(l.steps.map(step => step.rule))],
          }))
        : [],
    )
  })
  const estimates = Object.values(derivation.answer.parameters).flatMap(p =>
    p.estimator ? [{ role: 'estimator' as const, formula: { latex: latex(p.estimator), text: plain(p.estimator) }, rules: [] }] : [],
  )
  if (found.length > 0) return [...found, ...estimates]
  const r = referenceOf(model)
  const shown = (role: Role, t: Parameters<typeof latex>[0] | undefined): StageReport[] =>
    t ? [{ role, formula: { latex: latex(t), text: plain(t) }, rules: [] }] : []
  return [
    ...shown('likelihood', likelihoodForms(r).at(-1)),
    ...shown('log-likelihood', logForms(r).at(-1)),
    ...r.unknowns.flatMap(u => shown('score', scoreForms(r, u)[0])),
  ]
}
