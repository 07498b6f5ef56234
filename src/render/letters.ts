/** Which letters a reader may ask for: one letter or Greek name that the derivation does not use otherwise. */
import type { Block, Derivation } from '../document/document.ts'
import { greekLetters } from '../print/names.ts'
import type { Switches } from '../print/respell.ts'

/** Letters that a derivation itself gives to quantities. */
const taken = ['L', 'f', 'F', 'I', 'J', 'E', 'P', 'd', 'e', 'h', 'r', 'ell', 'Theta', 'pi']

const namesOf = (block: Block): readonly string[] =>
  block.type === 'chain'
    ? block.lines.flatMap(l => (l.names ?? []).map(n => n.name))
    : block.type === 'list'
      ? block.items.flatMap(i => i.blocks.flatMap(namesOf))
      : []

/** @throws RangeError if a letter cannot stand for the index or the sample size of this derivation */
export const checkLetters = (wanted: Switches, derivation: Derivation, size: string): void => {
  const { model } = derivation
  const declared = new Set([
    ...[...model.parameters, ...model.known, ...(model.likelihood?.data ?? [])].map(p => p.name),
    ...model.samples.flatMap(s => [...s.variables, ...s.covariates].map(v => v.name)),
    ...derivation.sections.flatMap(s => s.blocks.flatMap(namesOf)),
    ...taken,
  ])
  const check = (what: string, letter: string | undefined, own: string, other: string): void => {
    if (letter === undefined || letter === own) return
    if (!/^[A-Za-z]$/.test(letter) && !greekLetters.has(letter))
      throw new RangeError(`the letter of the ${what} is one letter, not "${letter}"`)
    if (letter === other || declared.has(letter))
      throw new RangeError(`${letter} cannot be the letter of the ${what}: it has a meaning already`)
  }
  check('index', wanted.index, 'i', wanted.size ?? size)
  check('sample size', wanted.size, size, wanted.index ?? 'i')
}
