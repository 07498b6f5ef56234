/** Models and a small derivation built by constructors, for tests that must not depend on readers or on `derive`. */
import { rules } from '../rules/index.ts'
import type { Answer, AnswerCase, Chain, Derivation, Line } from '../src/document/document.ts'
import { type Known, type Model, modelContext, type Parameter } from '../src/model/model.ts'
import type { Context } from '../src/rewrite/facts.ts'
import { apply, everywhere } from '../src/rewrite/strategy.ts'
import type { Expr, Prop, SetTerm, Term } from '../src/term/term.ts'
import { interval, ONE, sym, TRUE, ZERO } from '../src/term/term.ts'
import { chainContext } from '../src/verify/settings.ts'

const parameterOf = (name: string, domain: SetTerm): Parameter => ({ name, domain, domainText: '' })

/** A model of one i.i.d. sample of scalars x. */
export const modelOf = (
  density: Expr,
  support: SetTerm,
  parameters: Readonly<Record<string, SetTerm>>,
  more: { readonly known?: readonly Known[]; readonly name?: string } = {},
): Model => ({
  name: more.name ?? 'hand-made',
  samples: [{ variables: [{ name: 'x', support }], density, densityText: '', contribution: false, covariates: [], size: sym('n') }],
  parameters: Object.entries(parameters).map(([name, domain]) => parameterOf(name, domain)),
  known: more.known ?? [],
  constraints: [],
  assume: [],
  of: [],
  source: { name: more.name ?? 'hand-made', density: String(density.hash) },
  warnings: [],
})

const nothing: Answer = {
  outcome: 'undecided',
  parameters: {},
  cases: [],
  global: null,
  information: { refused: 'not derived' },
  functions: {},
  obstacle: null,
}

export const derivationOf = (model: Model, chains: readonly Chain[], answer: Partial<Answer> = {}): Derivation => ({
  type: 'derivation',
  schema: 1,
  model,
  title: model.name,
  sections: [{ type: 'section', id: 'likelihood', title: '', blocks: chains }],
  answer: { ...nothing, ...answer },
  certificate: null,
})

/** A chain whose lines come from running rules, one group for each line, wherever they fire. */
export const chainBy = (
  id: string,
  model: Model,
  start: Term,
  origin: Chain['origin'],
  groups: readonly (readonly string[])[],
  more: { readonly given?: readonly Prop[]; readonly relation?: Line['relation'] } = {},
): Chain => {
  const given = more.given ?? []
  const cx: Context = chainContext(modelContext(model), { given })
  let term = start
  const lines = groups.map((ids, k): Line => {
    const done = everywhere(apply(...rules.filter(r => ids.includes(r.id))))(term, cx)
    if (!done) throw new Error(`no rule of ${ids.join()} fires on line ${k} of ${id}`)
    term = done.term
    return { type: 'line', id: `${id}.${k}`, relation: more.relation ?? '=', term, steps: done.steps, reason: [], why: [] }
  })
  return { type: 'chain', start, origin, lines, given }
}

export const caseWhen = (
  when: Prop,
  attained: AnswerCase['attained'],
  estimator: Readonly<Record<string, Expr>> | null,
  more: Partial<AnswerCase> = {},
): AnswerCase => ({
  when,
  attained,
  estimator,
  towards: null,
  why: [],
  ...more,
})
export const always = TRUE
export const unit = (closed = true): SetTerm => interval(ZERO, ONE, closed, closed)
