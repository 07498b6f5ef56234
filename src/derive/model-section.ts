/** The opening of a derivation: what is observed, its density as its author wrote it, and where the unknown lies. */
import type { Phrase, Section } from '../document/document.ts'
import { joined, say } from '../document/say.ts'
import { endOfNoWeight, isZeroOfNoWeight, type Model, modelContext, type Sample, type Variable } from '../model/model.ts'
import { at, eq, ge, isIn, isOne, isZero, ONE, type SetTerm, sym, ZERO } from '../term/term.ts'
import { mentions, some, substitute } from '../term/walk.ts'
import { asInequality } from './reasons.ts'
import { capital } from './words.ts'

const isDiscrete = (set: SetTerm): boolean => set.kind !== 'interval'

/** 0⁰ = 1 is needed where an included end of Θ makes the base of a power with a varying exponent zero. */
const zeroConvention = (model: Model): Phrase => {
  const ends = model.parameters.flatMap(p =>
    p.domain.kind !== 'interval'
      ? []
      : [...(p.domain.closed[0] ? [eq(sym(p.name), p.domain.lo)] : []), ...(p.domain.closed[1] ? [eq(sym(p.name), p.domain.hi)] : [])],
  )
  const covered = ends.filter(e =>
    model.samples.some(
      s =>
        e.kind === 'rel' &&
        e.left.kind === 'sym' &&
        some(
          substitute(s.density, new Map([[e.left.name, e.right]])),
          u => u.kind === 'pow' && isZero(u.base) && s.variables.some(v => mentions(u.exponent, v.name)),
        ),
    ),
  )
  return covered.length === 0
    ? []
    : say` By convention 0⁰ = 1, so that ${joined(
        covered.map(e => say`${e}`),
        ' and ',
      )} ${covered.length > 1 ? 'are' : 'is'} covered.`
}

/** Included ends of the support at which no observation lies, or none with positive probability. */
const emptyEnds = (sample: Sample, variable: Variable, model: Model): Phrase => {
  const { support, name } = variable
  if (support.kind !== 'interval') return []
  const cx = modelContext(model)
  const places = (kind: 'zero' | 'irregular'): readonly Phrase[] =>
    (['lo', 'hi'] as const)
      .filter(
        end => !model.parameters.some(p => mentions(support[end], p.name)) && endOfNoWeight(support, variable, sample, end, cx) === kind,
      )
      .map(end => say`${eq(sym(name), support[end])}`)
  const [impossible, irregular] = [places('zero'), places('irregular')]
  return [
    ...(impossible.length === 0 ? [] : say` At ${joined(impossible, ' and ')} the density is ${ZERO}, so no observation lies there.`),
    ...(irregular.length === 0
      ? []
      : say` At ${joined(irregular, ' and ')} the density is not positive and finite for every parameter value; an observation lies there with probability ${ZERO}, and such samples are left aside.`),
    ...(isZeroOfNoWeight(
      variable,
      sample,
      model.parameters.map(p => p.name),
    )
      ? say` An observation is ${ZERO} with probability ${ZERO}; such samples are left aside.`
      : []),
  ]
}

/** What the density needs of covariates that have no domain of their own. */
const requirements = (model: Model): Phrase => {
  const needs = model.samples.flatMap(s =>
    s.covariates.flatMap(c => {
      const need = c.required && isIn(at(c.name, sym('i')), c.required)
      return need ? [say`${asInequality(need) ?? need}`] : []
    }),
  )
  return needs.length === 0 ? [] : say` The model requires ${joined(needs, ', ', ' and ')}.`
}

/** The data of a likelihood given directly, and where they lie. */
const givenData = (model: Model): Phrase => {
  const free = (model.likelihood?.data ?? []).filter(d => d.value === undefined)
  if (free.length === 0) return []
  const one = (d: (typeof free)[number]): Phrase => {
    const entry = d.length ? at(d.name, sym(d.index ?? 'i')) : sym(d.name)
    const lies = say`${asInequality(isIn(entry, d.domain)) ?? isIn(entry, d.domain)}`
    return d.length ? say`${lies} for ${sym(d.index ?? 'i')} = 1, …, ${d.length}` : lies
  }
  return say` The data satisfy ${joined(free.map(one), ', ', ' and ')}.`
}

export const modelSection = (model: Model): Section => {
  const [sample] = model.samples
  const [variable] = sample?.variables ?? []
  const known = model.known
    .filter(k => k.value === undefined)
    .map(k => say`${asInequality(isIn(sym(k.name), k.domain)) ?? isIn(sym(k.name), k.domain)}`)
  const fixed = model.known.flatMap(k => (k.value ? [say`${sym(k.name)} = ${k.value}`] : []))
  const [first, ...others] = model.parameters
  const space: Phrase =
    first && others.length === 0
      ? say`the unknown parameter ${sym(first.name)} lies in Θ = ${first.domain}`
      : say`the unknown parameters satisfy ${joined(
          model.parameters.map(p => say`${isIn(sym(p.name), p.domain)}`),
          ', ',
        )}`
  const opening: Phrase =
    sample && variable
      ? isOne(sample.size)
        ? say`There is one observation, ${at(variable.name, ONE)}, with probability ${isDiscrete(variable.support) ? 'mass function' : 'density'}`
        : say`The observations ${at(variable.name, ONE)}, …, ${at(variable.name, sample.size)} are independent, each with probability ${isDiscrete(variable.support) ? 'mass function' : 'density'}`
      : ['The likelihood is given directly.']
  const closing: Phrase = [
    ...(sample && sample.size.kind !== 'num' ? say`with ${ge(sample.size, ONE)}; ${space}` : capital(space)),
    ...(known.length + fixed.length > 0
      ? say`; ${joined([...known, ...fixed], ', ', ' and ')} ${known.length + fixed.length > 1 ? 'are' : 'is'} known`
      : []),
    '.',
    ...requirements(model),
    ...givenData(model),
    ...zeroConvention(model),
    ...(sample && variable ? emptyEnds(sample, variable, model) : []),
    ...(model.assume.length > 0
      ? say` The sample at hand satisfies ${joined(
          model.assume.map(a => say`${a}`),
          ', ',
        )}.`
      : []),
  ]
  return {
    type: 'section',
    id: 'model',
    title: '',
    blocks: [
      { type: 'prose', content: opening },
      { type: 'density' },
      { type: 'prose', content: closing },
      ...model.warnings.map(w => ({ type: 'warning' as const, content: [`${w.charAt(0).toUpperCase()}${w.slice(1)}.`] })),
    ],
  }
}
