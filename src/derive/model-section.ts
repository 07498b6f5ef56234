/** The opening of a derivation: what is observed, its density as its author wrote it, and where the unknown lies. */
import type { Phrase, Section } from '../document/document.ts'
import { joined, say } from '../document/say.ts'
import type { Model, Sample, Variable } from '../model/model.ts'
import { normalForm } from '../term/normal-form.ts'
import { at, eq, ge, isIn, isZero, ONE, type SetTerm, sym, ZERO } from '../term/term.ts'
import { asInequality } from './reasons.ts'
import { capital } from './words.ts'
import { mentions, some, substitute } from '../term/walk.ts'

const isDiscrete = (set: SetTerm): boolean => set.kind !== 'interval'

/** 0⁰ = 1 is needed where an included end of Θ makes the base of a power with a varying exponent zero. */
const zeroConvention = (model: Model): Phrase => {
  const ends = model.parameters.flatMap(p =>
    p.domain.kind !== 'interval' ? [] : [...(p.domain.closed[0] ? [eq(sym(p.name), p.domain.lo)] : []), ...(p.domain.closed[1] ? [eq(sym(p.name), p.domain.hi)] : [])],
  )
  const covered = ends.filter(e =>
    model.samples.some(s =>
      e.kind === 'rel' && e.left.kind === 'sym' &&
      some(substitute(s.density, new Map([[e.left.name, e.right]])), u => u.kind === 'pow' && isZero(u.base) && s.variables.some(v => mentions(u.exponent, v.name))),
    ),
  )
  return covered.length === 0 ? [] : say` By convention 0⁰ = 1, so that ${joined(covered.map(e => say`${e}`), ' and ')} ${covered.length > 1 ? 'are' : 'is'} covered.`
}

/** An included end of the support at which the density is 0 for every parameter: no observation lies there. */
const impossibleEnds = (sample: Sample, variable: Variable, model: Model): Phrase => {
  const { support, name } = variable
  if (support.kind !== 'interval' || sample.contribution) return []
  const ends = [...(support.closed[0] ? [support.lo] : []), ...(support.closed[1] ? [support.hi] : [])].filter(e => !model.parameters.some(p => mentions(e, p.name)))
  const impossible = ends.filter(e => isZero(normalForm(substitute(sample.density, new Map([[name, e]])))))
  return impossible.length === 0 ? [] : say` At ${joined(impossible.map(e => say`${eq(sym(name), e)}`), ' and ')} the density is ${ZERO}, so no observation lies there.`
}

export const modelSection = (model: Model): Section => {
  const [sample] = model.samples
  const [variable] = sample?.variables ?? []
  const known = model.known.filter(k => k.value === undefined).map(k => say`${asInequality(isIn(sym(k.name), k.domain)) ?? isIn(sym(k.name), k.domain)}`)
  const fixed = model.known.flatMap(k => (k.value ? [say`${sym(k.name)} = ${k.value}`] : []))
  const [first, ...others] = model.parameters
  const space: Phrase =
    first && others.length === 0
      ? say`the unknown parameter ${sym(first.name)} lies in Θ = ${first.domain}`
      : say`the unknown parameters satisfy ${joined(model.parameters.map(p => say`${isIn(sym(p.name), p.domain)}`), ', ')}`
  const opening: Phrase = sample && variable
    ? say`The observations ${at(variable.name, ONE)}, …, ${at(variable.name, sample.size)} are independent, each with probability ${isDiscrete(variable.support) ? 'mass function' : 'density'}`
    : ['The likelihood is given directly.']
  const closing: Phrase = [
    ...(sample ? say`with ${ge(sample.size, ONE)}; ${space}` : capital(space)),
    ...(known.length + fixed.length > 0 ? say`; ${joined([...known, ...fixed], ', ', ' and ')} ${known.length + fixed.length > 1 ? 'are' : 'is'} known` : []),
    '.',
    ...zeroConvention(model),
    ...(sample && variable ? impossibleEnds(sample, variable, model) : []),
    ...(model.assume.length > 0 ? say` The sample at hand satisfies ${joined(model.assume.map(a => say`${a}`), ', ')}.` : []),
  ]
  return {
    type: 'section', id: 'model', title: '',
    blocks: [{ type: 'prose', content: opening }, { type: 'density' }, { type: 'prose', content: closing }],
  }
}
