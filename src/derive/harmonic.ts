/**
 * A log-likelihood that is w·Σ cos(x_i − θ) up to a constant, on one full turn: by the addition theorem it is
 * w·R cos(θ − α), where α is the direction of (Σ cos x_i, Σ sin x_i), and it is largest at α (at the opposite direction for
 * w < 0). Every direction is equally good where the resultant R vanishes. Refuses other spaces than (−π, π] and [0, 2π).
 */
import type { Block, Chain, Phrase, Section } from '../document/document.ts'
import { say } from '../document/say.ts'
import { assuming, type Context } from '../rewrite/facts.ts'
import { signOf } from '../rewrite/sign.ts'
import { attempt, everywhere, onlyIf, seq } from '../rewrite/strategy.ts'
import { polynomialIn } from '../term/normal-form.ts'
import { same } from '../term/order.ts'
import { add, big, type Expr, eq, fn, gt, isZero, mul, neg, num, ONE, type Prop, pow, sqrt, sub, TWO, ZERO } from '../term/term.ts'
import { factors, mentions, some, summands } from '../term/walk.ts'
import { chain } from './draft.ts'
import { laws } from './laws.ts'
import type { LogLikelihood } from './log-likelihood.ts'
import type { CaseOutcome } from './sample-cases.ts'
import { derivativeChain, isFullyDifferentiated } from './score.ts'
import type { Setting } from './setting.ts'
import { ellHead } from './words.ts'

export interface Harmonic {
  readonly cases: readonly CaseOutcome[]
  readonly generic: readonly Prop[]
  readonly second: Chain
  readonly sections: readonly Section[]
}

const PI = fn('pi')

/** w and the angle t_i of w·Σ cos(t_i − θ). */
const waveOf = (ell: Expr, s: Setting, cx: Context): { readonly weight: Expr; readonly angle: Expr } | undefined => {
  const [own, ...others] = summands(ell).filter(p => mentions(p, s.unknown.name))
  if (!own || others.length > 0) return undefined
  const list = factors(own)
  const wave = list.find(f => f.kind === 'big')
  const weight = list.filter(f => f !== wave)
  const isSum = wave?.kind === 'big' && wave.op === 'sum' && same(wave.lo, ONE) && same(wave.hi, s.size)
  if (!isSum || wave.body.kind !== 'fn' || wave.body.name !== 'cos') return undefined
  if (weight.some(f => mentions(f, s.unknown.name) || some(f, u => u.kind === 'at'))) return undefined
  const poly = polynomialIn(wave.body.args[0] as Expr, s.unknown)
  const slope = poly?.get(1)
  if (!poly || slope?.kind !== 'num' || [...poly.keys()].some(d => d < 0 || d > 1)) return undefined
  const side = same(slope, num(-1)) ? 1 : same(slope, ONE) ? -1 : 0
  if (side === 0 || !signOf(mul(...weight), cx)) return undefined
  return { weight: mul(...weight), angle: mul(num(side), poly.get(0) ?? ZERO) }
}

/** The angle of (c, s) as a point of the parameter space, or undefined for another space. */
const inSpace = (angle: Expr, s: Setting): Expr | undefined => {
  const { domain } = s.parameter
  if (domain.kind !== 'interval') return undefined
  const [lo, hi] = domain.closed
  if (same(domain.lo, neg(PI)) && same(domain.hi, PI) && hi) return angle
  const turn = mul(TWO, PI)
  if (!isZero(domain.lo) || !same(domain.hi, turn) || !lo) return undefined
  return sub(angle, mul(turn, fn('floor', mul(angle, pow(turn, num(-1))))))
}

const addition = everywhere(
  onlyIf(
    (t, cx) => cx.unknowns.some(name => mentions(t, name)),
    laws('trigonometry.difference', 'sum.linear', 'sum.factor', 'sum.constant'),
  ),
)

export const harmonicMaximum = (s: Setting, l: LogLikelihood, score: Chain): Harmonic | undefined => {
  if (!some(l.ell, u => u.kind === 'fn' && u.name === 'cos')) return undefined
  const cx = assuming(s.interior, s.model.assume)
  const wave = waveOf(l.ell, s, cx)
  const sign = wave && signOf(wave.weight, cx)?.sign
  if (!wave || (sign !== 'pos' && sign !== 'neg')) return undefined
  const over = (name: string): Expr => big('sum', ONE, s.size, fn(name, wave.angle))
  const [c, q] = [over('cos'), over('sin')]
  const turned = (t: Expr): Expr => (sign === 'pos' ? t : neg(t))
  const estimator = inSpace(fn('atan2', turned(q), turned(c)), s)
  const second = derivativeChain(s, 'second', score, 2, s.model.assume, s.interior)
  if (!estimator || !isFullyDifferentiated(second)) return undefined
  const length = add(pow(c, TWO), pow(q, TWO))
  const [generic, flat] = [gt(length, ZERO), eq(length, ZERO)]
  const opened = chain(
    { id: 'harmonic', subject: ellHead(s), start: l.ell, origin: { kind: 'term' }, given: s.model.assume },
    [{ by: seq(addition, attempt(laws('algebra.collect'))), reason: ['addition theorem of the cosine; split the sum'] }],
    s.interior,
  )
  const root = sqrt(length)
  const spoken = eq(
    add(mul(c, fn('cos', s.unknown)), mul(q, fn('sin', s.unknown))),
    mul(root, fn('cos', sub(s.unknown, fn('atan2', q, c)))),
  )
  const blocks: readonly Block[] = [
    ...(opened.lines.length > 0 ? [opened] : []),
    {
      type: 'prose',
      content: say`Let ${generic}. The point with the coordinates ${c} and ${q} has the distance ${root} from the origin and the direction ${fn('atan2', q, c)}, the angle in the right quadrant: the arc tangent of the quotient alone would not tell a direction from its opposite. So`,
    },
    { type: 'display', term: spoken },
    {
      type: 'prose',
      content: say`by the addition theorem. A cosine is at most ${ONE}, and ${ONE} at one point of a turn only. ${sign === 'pos' ? say`So ${ellHead(s)} is largest at that direction` : say`The coefficient is negative, so ${ellHead(s)} is largest at the opposite direction`}: ${eq(s.unknown, estimator)} is the unique global maximum. The score vanishes at the opposite point as well, where ${ellHead(s)} is least.`,
    },
    { type: 'prose', content: ['The second derivative is needed for the precision.'] },
    second,
  ]
  const boundary: Phrase = say`If ${flat} the directions cancel: ${ellHead(s)} does not depend on ${s.unknown}, and every point of the parameter space is a maximiser.`
  return {
    second,
    generic: [generic],
    cases: [
      {
        when: generic,
        attained: 'interior',
        estimator,
        where: ['interior, score zero'],
        why: ['a cosine is largest at its own direction'],
        blocks: [],
        global: 'comparison',
      },
      { when: flat, attained: 'set', where: ['everywhere'], why: say`${ellHead(s)} is constant`, blocks: [] },
    ],
    sections: [
      { type: 'section', id: 'second-order', title: 'The maximum', blocks },
      { type: 'section', id: 'boundary', title: 'The boundary', blocks: [{ type: 'prose', content: boundary }] },
    ],
  }
}
