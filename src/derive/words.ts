/** Pieces of sentences that several sections use. */
import type { Abbreviation, Phrase } from '../document/document.ts'
import { joined, say } from '../document/say.ts'
import { same } from '../term/order.ts'
import { and, type Call, call, eq, type IntervalSet, lt, type Prop, type Sym, sym } from '../term/term.ts'
import type { Setting } from './setting.ts'

export const lHead = (s: Setting): Call => call('L', [s.unknown])
export const ellHead = (s: Setting, order = 0): Call => call('ell', [s.unknown], [order])

/** "write k = …", the terms written out. */
export const writing = (names: readonly Abbreviation[]): Phrase =>
  names.length === 0
    ? []
    : say`write ${joined(
        names.map(n => say`${{ math: eq(sym(n.name), n.term), plainNames: true }}`),
        ', ',
      )}`

/** The open interval as a chain of inequalities: 0 < p < 1, θ > 0; undefined for the whole line. */
export const strictlyInside = (unknown: Sym, space: IntervalSet): Prop | undefined => {
  const parts: Prop[] = []
  if (space.lo.kind !== 'infinity') parts.push(lt(space.lo, unknown))
  if (space.hi.kind !== 'infinity') parts.push(lt(unknown, space.hi))
  return parts.length === 0 ? undefined : and(...parts)
}

/** "on (0,1)" as words: "for 0 < p < 1", "for every real μ". */
export const throughout = (s: Setting): Phrase => {
  const inside = strictlyInside(s.unknown, s.space)
  return inside ? say`for ${inside}` : say`for every real ${s.unknown}`
}

/** Inequalities in the order in which they chain: 0 < k before k < n. */
export const inOrder = (props: readonly Prop[]): readonly Prop[] =>
  [...props].sort((a, b) =>
    a.kind === 'rel' && b.kind === 'rel' && same(a.right, b.left)
      ? -1
      : a.kind === 'rel' && b.kind === 'rel' && same(a.left, b.right)
        ? 1
        : 0,
  )

/** The phrase with a capital first letter, if it begins with text. */
export const capital = (p: Phrase): Phrase => {
  const [head, ...rest] = p
  return typeof head === 'string' ? [`${head.charAt(0).toUpperCase()}${head.slice(1)}`, ...rest] : p
}

/** Phrases that say something, with '; ' between them. */
export const listed = (...phrases: readonly Phrase[]): Phrase =>
  joined(
    phrases.filter(p => p.length > 0 && p[0] !== ''),
    '; ',
  )
