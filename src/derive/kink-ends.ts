/** Kinks against the ends of the parameter space: which ends may bind, and what they leave of a stretch of maximisers. */
import type { Phrase } from '../document/document.ts'
import { joined, say } from '../document/say.ts'
import { type Sign, signOf } from '../rewrite/sign.ts'
import { normalForm } from '../term/normal-form.ts'
import { type Expr, eq, isZero, le, lt, type Prop, sub } from '../term/term.ts'
import { some, substitute } from '../term/walk.ts'
import { type EndName, endOf, ends, isIncluded } from './ends.ts'
import type { Kink } from './kink-pieces.ts'
import type { Setting } from './setting.ts'

export interface Stretch {
  readonly lo: Expr
  readonly hi: Expr
  readonly closed: readonly [boolean, boolean]
  readonly when: readonly Prop[]
}

/** Where ℓ is constant and the parameter space allows it: an excluded end within the stretch ends it without belonging to it. */
export const stretches = (s: Setting, cuts: readonly EndName[], low: Expr, high: Expr): readonly Stretch[] => {
  let found: readonly Stretch[] = [{ lo: low, hi: high, closed: [true, true], when: [] }]
  for (const e of cuts) {
    if (isIncluded(s, e)) continue
    const end = endOf(s, e)
    found = found.flatMap((t): readonly Stretch[] =>
      e === 'lo'
        ? [
            { ...t, when: [...t.when, lt(end, low)] },
            { ...t, lo: end, closed: [false, t.closed[1]], when: [...t.when, le(low, end)] },
          ]
        : [
            { ...t, when: [...t.when, lt(high, end)] },
            { ...t, hi: end, closed: [t.closed[0], false], when: [...t.when, le(end, high)] },
          ],
    )
  }
  return found
}

/** The end of Θ lies on the outer side of every possible kink. */
export const liesInside = (s: Setting, kink: Pick<Kink, 'place'>, end: 'lo' | 'hi'): boolean => {
  const gap = end === 'lo' ? sub(kink.place, endOf(s, end)) : sub(endOf(s, end), kink.place)
  const sign = signOf(gap, s.interior)?.sign
  return sign === 'pos' || (sign === 'nonneg' && isIncluded(s, end))
}

/** A kink at an excluded end belongs to an observation of density 0 inside of Θ, for which there is nothing to maximise. */
const isVoidAt = (s: Setting, kink: Kink, end: EndName): boolean => {
  const value = end === 'lo' ? kink.above.value : kink.below.value
  if (kink.place.kind !== 'sym' || kink.place.name !== s.variable.name) return false
  const there = substitute(value, new Map([[s.variable.name, endOf(s, end)]]))
  return some(there, u => u.kind === 'fn' && u.name === 'log' && u.args[0] !== undefined && isZero(normalForm(u.args[0])))
}

/** The ends of Θ that compete with the kinks, because some of these may lie beyond them; undefined where such an end is excluded. */
export const competingEnds = (s: Setting, place: Expr, kink?: Kink): readonly Expr[] | undefined => {
  const gapSign = (e: EndName): Sign | undefined => signOf(e === 'lo' ? sub(place, endOf(s, e)) : sub(endOf(s, e), place), s.interior)?.sign
  const binding = ends.filter(
    e =>
      endOf(s, e).kind !== 'infinity' &&
      !liesInside(s, { place }, e) &&
      !(kink && gapSign(e) === 'nonneg' && !isIncluded(s, e) && isVoidAt(s, kink, e)),
  )
  return binding.every(e => isIncluded(s, e)) ? binding.map(e => endOf(s, e)) : undefined
}

/** ", or the end 0 of the parameter space". */
export const endsWords = (s: Setting, beside: readonly Expr[]): Phrase =>
  beside.length === 0
    ? []
    : say`, or ${joined(
        beside.map(e => say`${eq(s.unknown, e)}`),
        ' or ',
      )}, an end of the parameter space`
