/** A derivation as a whole: its sections with its answer, or with what stopped it. */
import type { Answer, Block, Derivation, Section } from '../document/document.ts'
import { say } from '../document/say.ts'
import type { Model } from '../model/model.ts'
import type { Expr, Prop } from '../term/term.ts'
import { withPitfalls } from './pitfalls.ts'
import type { Setting } from './setting.ts'

/** What is said of the information where no estimate has a closed form. */
export const noInformation: Answer['information'] = { refused: 'no estimate in closed form was derived' }

const titleOf = (model: Model): string => (model.name === '' ? 'Maximum-likelihood estimation' : `Maximum likelihood: ${model.name}`)

/** The derivation with its title and the remarks on what is easily got wrong. */
export const finished = (model: Model, sections: readonly Section[], answer: Answer): Derivation => ({
  type: 'derivation',
  schema: 1,
  model,
  title: titleOf(model),
  sections: withPitfalls(model, sections, answer),
  answer,
  certificate: null,
})

const unknowns = (model: Model): Answer['parameters'] =>
  Object.fromEntries(model.parameters.map(p => [p.name, { estimator: null, equation: null, closedForm: false }]))

/** The entry of the answer for the one parameter: its closed form, or null. */
export const parametersOf = (s: Setting, estimator: Expr | null): Answer['parameters'] => ({
  [s.unknown.name]: { estimator, equation: null, closedForm: estimator !== null },
})

/** The sections so far, closed by the obstacle: nothing is guessed. */
export const undecided = (model: Model, sections: readonly Section[], at: string, reason: string, equation?: Prop): Derivation => {
  const obstacle: Block = { type: 'obstacle', at, ...(equation ? { equation } : {}), content: say`The derivation stops here: ${reason}.` }
  const last = sections.at(-1)
  const closed = last
    ? [...sections.slice(0, -1), { ...last, blocks: [...last.blocks, obstacle] }]
    : [{ type: 'section' as const, id: 'model' as const, title: '', blocks: [obstacle] }]
  return finished(model, closed, undecidedAnswer(model, at, reason))
}

/** The answer of a derivation that stopped. */
export const undecidedAnswer = (model: Model, at: string, reason: string): Answer => ({
  outcome: 'undecided',
  parameters: unknowns(model),
  cases: [],
  global: null,
  information: noInformation,
  functions: {},
  obstacle: { at, reason },
})
