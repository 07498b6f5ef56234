/** The opening of a derivation: what is observed, its density as its author wrote it, and where the unknown lies. */
import type { Phrase, Section } from '../document/document.ts'
import { joined, say } from '../document/say.ts'
import type { Model } from '../model/model.ts'
import { at, ge, isIn, ONE, type SetTerm, sym } from '../term/term.ts'

const isDiscrete = (set: SetTerm): boolean => set.kind !== 'interval'

export const modelSection = (model: Model): Section => {
  const [sample] = model.samples
  const [variable] = sample?.variables ?? []
  const known = model.known.filter(k => k.value === undefined).map(k => say`${isIn(sym(k.name), k.domain)}`)
  const fixed = model.known.flatMap(k => (k.value ? [say`${sym(k.name)} = ${k.value}`] : []))
  const space: Phrase = joined(model.parameters.map(p => say`${isIn(sym(p.name), p.domain)}`), ', ')
  const opening: Phrase = sample && variable
    ? say`The observations ${at(variable.name, ONE)}, …, ${at(variable.name, sample.size)} are independent, each with probability ${isDiscrete(variable.support) ? 'mass function' : 'density'}`
    : ['The likelihood is given directly.']
  const closing: Phrase = [
    ...(sample ? say`with ${ge(sample.size, ONE)}; the unknown parameter satisfies ${space}` : say`The unknown parameters satisfy ${space}`),
    ...(known.length + fixed.length > 0 ? say`; known: ${joined([...known, ...fixed], ', ')}` : []),
    '.',
    ...(model.assume.length > 0 ? say` The sample at hand satisfies ${joined(model.assume.map(a => say`${a}`), ', ')}.` : []),
  ]
  return {
    type: 'section', id: 'model', title: '',
    blocks: [{ type: 'prose', content: opening }, { type: 'density' }, { type: 'prose', content: closing }],
  }
}
