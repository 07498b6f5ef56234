/** Claims in words: about signs, shapes, maxima. Each is checked on the model in numbers, where it is said to hold. */
import { type Expr, type Prop, rel, sym, ZERO } from '../term/term.ts'
import { symbolsOf } from '../term/walk.ts'
import { biasedAt } from './bias.ts'
import {
  anywhere,
  atMaximum,
  atTop,
  equal,
  foreign,
  mentionsHat,
  nearlyHolds,
  stationary,
  throughout,
  trueAt,
  unknownsIn,
} from './decide.ts'
import { differentiate } from './differentiate.ts'
import { definiteClaim } from './judge-definite.ts'
import { judgeEstimateSet } from './judge-estimate-set.ts'
import {
  type Claiming,
  flat,
  lastRole,
  maximumClaim,
  noneForSuch,
  noneInCase,
  ok,
  severalRoots,
  severalRootsApart,
  undecided,
  wrong,
} from './judge-maximum.ts'
import { curvatures, hasOtherScale, orderSpokenOf, signClaim, slopeBeside, slopeClaim, slopeGrows } from './judge-sign.ts'
import { supportCondition } from './judge-support.ts'
import { tiedNames } from './omitted.ts'
import { roleOf, sideTerm } from './quantities.ts'
import type { Reference } from './reference.ts'
import type { Role } from './report.ts'
import type { Memory, Ruling } from './ruling.ts'
import { isSampleCondition } from './sample-cases.ts'
import type { Quantity, Side, Statement } from './statement.ts'
import { gradient, topOf } from './top.ts'

const quantityOf = (side: Side | undefined): Quantity | undefined => (side?.kind === 'quantity' ? side.quantity : undefined)
const isNegated = (q: Quantity | undefined): boolean => q !== undefined && ['nll', 'average-nll'].includes(baseOf(q).kind)
const baseOf = (q: Quantity): Quantity => (q.kind === 'derivative' || q.kind === 'hessian' || q.kind === 'gradient' ? baseOf(q.of) : q)

/** A claim about some parameters only, which words say, is not refuted by others. */
export const judgeClaim = (m: Memory, s: Statement, c: Claiming): Ruling => {
  const found = claimOf(m, s, c)
  if (found.status === 'wrong' && ofShape.has(c.claim) && hasOtherScale(m)) return { ...undecided, role: found.role }
  return c.where === 'in part' && found.status === 'wrong' ? { ...undecided, role: found.role } : found
}

const ofShape = new Set<Claiming['claim']>(['increasing', 'decreasing', 'concave', 'convex'])
const claimOf = (m: Memory, s: Statement, c: Claiming): Ruling => {
  const r = m.reference
  const q = quantityOf(c.about)
  const role: Role = q ? roleOf(q) : 'claim'
  m.claims.push({ claim: c.claim, line: s.line })
  if (c.condition && !isSampleCondition(r, c.condition)) {
    const support = supportCondition(m, c.condition)
    // where a derivative has a sign may be a part of what the data allow
    const nowhere = r.settings.every(t => c.condition !== undefined && trueAt(r, c.condition, [t.env]).verdict === 'false')
    if (support.status === 'wrong' && r.moving && nowhere && c.claim !== 'positive' && c.claim !== 'negative') return support
  }
  switch (c.claim) {
    case 'negative':
    case 'positive': {
      if (/definite/i.test(`${s.source} ${s.said ?? ''}`) || q?.kind === 'hessian') return definiteClaim(m, c, isNegated(q))
      // "and at θ̂ it is negative": it is the second derivative, there
      if (q?.kind === 'estimator') {
        const second =
          r.unknowns.length === 1 && lastRole(m, s) === 'second-derivative' && /\bat …,? (?:it|this|that|which)\b/.test(s.said ?? '')
        const [curvature] = curvatures(r)
        return second && curvature
          ? signClaim(
              m,
              s,
              { ...c, where: 'at the root' },
              curvature,
              (c.claim === 'negative') !== (c.negated === true),
              'second-derivative',
            )
          : undecided
      }
      const order = c.about ? undefined : orderSpokenOf(m, s)
      if (order === 1) return slopeClaim(m, s, c)
      const t = c.about
        ? sideTerm(r, c.about)
        : r.unknowns.length === 1 && (lastRole(m, s) === 'second-derivative' || order === 2)
          ? curvatures(r)[0]
          : undefined
      if (!t) {
        m.arguments.add('second-order')
        return undecided
      }
      // "the second derivative is negative", whatever was taken for its subject
      const second =
        q?.kind === 'derivative' && q.by.length === 1 && /second derivative/i.test(`${s.said ?? ''} ${s.source}`)
          ? curvatures(r)[0]
          : undefined
      const found = signClaim(
        m,
        s,
        c,
        second ?? t,
        (c.claim === 'negative') !== (c.negated === true),
        second || !q ? 'second-derivative' : role,
      )
      // "to the left of it the derivative is positive": where is said in words
      const beside = q?.kind === 'derivative' && q.by.length === 1 && !second ? slopeBeside(m, s, c, t) : undefined
      if (beside) return beside
      const first = q?.kind === 'derivative' && q.by.length === 1 && !second
      if (first) m.arguments.add('second-order')
      // "this is negative for all θ", said of something else than the formula just before
      if (found.mistake === 'max.local-is-global' && !c.about && order !== 2) return { ...undecided, role }
      return found.status === 'wrong' && (c.about?.kind === 'term' || first) ? { ...undecided, role } : found
    }
    case 'concave':
    case 'convex': {
      if (q && !/likelihood|nll/.test(baseOf(q).kind)) return undecided
      // along the profile it bends in another way
      if (q && /profile/.test(baseOf(q).kind)) return { ...undecided, role }
      if (c.about?.kind === 'term' && c.direct && c.about.term.kind !== 'num') return bendOf(m, c.about.term, c.claim === 'convex', c)
      if (c.about && !q) return undecided
      const isConvex =
        (c.claim === 'convex') !==
        (isNegated(q) ||
          /loss|(?<!\b(?:is|are|be|stays|remains) (?:\w+ly )?)negative(?! (?:semi[- ]?)?definite)|minus|−|-\s*\\?(ell|ℓ|l\b)/i.test(
            (s.said ?? s.source).split(s.source)[0] || s.source,
          ))
      m.arguments.add('second-order')
      const meant = c.in ? curvatures(r).filter((_, i) => c.in?.includes(r.unknowns[i] as string)) : curvatures(r)
      const all = meant.map(t => trueAt(r, isConvex ? rel('<=', ZERO, t) : rel('<=', t, ZERO), throughout(r, t)))
      const range = c.condition && foreign(r, c.condition).length === 0 ? c.condition : undefined
      if (
        range &&
        !c.negated &&
        r.unknowns.length === 1 &&
        symbolsOf(range).has(r.unknowns[0] as string) &&
        (q || c.direct) &&
        !speaksOfMinus(m, s)
      ) {
        const there = meant.map(t => throughout(r, t, range).filter(e => trueAt(r, range, [e]).verdict === 'true'))
        const bends = meant.map((t, i) => trueAt(r, isConvex ? rel('<=', ZERO, t) : rel('<=', t, ZERO), there[i] ?? []))
        if (there.every(e => e.length > 0) && bends.every(d => d.verdict === 'true')) return ok('True for the parameters that are meant.')
        if (there.every(e => e.length > 2) && bends.some(d => d.verdict === 'false'))
          return wrong('It does not bend this way for all of these parameters.', isConvex ? 'max.wrong-sign' : 'max.local-is-global')
      }
      if (c.negated) return all.some(d => d.verdict === 'false') ? ok('It does not bend this way for every parameter.') : undecided
      // a root that is the highest, or the only one, needs more than that
      const rests =
        r.unknowns.length === 1 && !isConvex && !m.claims.some(t => t.claim === 'sign-change') && concludes.test(m.line?.source ?? '')
      if (all.some(d => d.verdict === 'false') && rests && (c.about !== undefined || c.direct) && !speaksOfMinus(m, s))
        return wrong('It is not concave for every parameter.', 'max.local-is-global')
      if (all.some(d => d.verdict === 'false'))
        return meant.every(t => trueAt(r, rel('<=', t, ZERO), atMaximum(r)).verdict === 'true') && !isConvex && c.where !== 'everywhere'
          ? ok('It is concave at the maximum; not for every parameter.', {
              remark: 'The log-likelihood is not concave for every parameter.',
            })
          : !c.about && speaksOfMinus(m, s)
            ? undecided
            : wrong('It does not bend this way for every parameter.', isConvex ? 'max.wrong-sign' : 'max.local-is-global')
      return all.every(d => d.verdict === 'true') ? ok('True for all parameters and samples that were tried.') : undecided
    }
    case 'increasing':
    case 'decreasing': {
      m.arguments.add('second-order')
      // "the score is decreasing" speaks of the second derivative
      const rate = q?.kind === 'derivative' ? 1 : 0
      const [name, ...others] = c.in?.filter(u => r.unknowns.includes(u)) ?? []
      const index = name === undefined || others.length > 0 ? (r.unknowns.length === 1 ? 0 : -1) : r.unknowns.indexOf(name)
      const t = (rate === 1 ? curvatures(r) : gradient(r))[index]
      // "… and 0 otherwise. This is decreasing": a number is no subject
      const subject = c.about?.kind === 'term' && c.about.term.kind === 'num' ? undefined : c.about
      if (subject?.kind === 'term' && !q) return growthOf(r, subject.term, c.claim === 'increasing', c.condition)
      if (!t || (q && !/likelihood|nll/.test(baseOf(q).kind)) || (subject && !q)) return undecided
      if (rate === 1 && q && !isNegated(q) && baseOf(q).kind === 'log-likelihood') {
        const bend = slopeGrows(m, s, c, t)
        if (bend) return bend
      }
      const up = (c.claim === 'increasing') !== isNegated(q)
      const way = up ? rel('<=', ZERO, t) : rel('<=', t, ZERO)
      const where = c.condition && foreign(r, c.condition).length === 0 ? c.condition : undefined
      const there = where ? throughout(r, t, where).filter(e => trueAt(r, where, [e]).verdict === 'true') : []
      if (there.length > 0 && trueAt(r, way, there).verdict === 'true') return ok('True for the parameters that are meant.')
      const d = trueAt(r, way, anywhere(r, t))
      const against = up ? rel('<', t, ZERO) : rel('<', ZERO, t)
      const plain = r.moving || (r.unknowns.length === 1 && rate === 0 && q !== undefined && !c.negated)
      if (there.length > 0 && plain && c.where === undefined && trueAt(r, against, there).verdict === 'true')
        return wrong('The derivative has the other sign.', undefined, d.at ? { counter: { env: d.at, left: t, right: ZERO } } : {})
      if (d.verdict === 'true') return ok('True wherever the data are possible.')
      if (d.verdict === 'unknown' || c.condition || c.where !== undefined || rate === 1) return undecided
      if (!r.moving && m.cases.length === 0 && !c.negated && stationary(r).length > 1 && r.unknowns.length === 1)
        return runsAway.test(m.line?.source ?? '')
          ? wrong('The log-likelihood rises and falls: its derivative takes both signs.', 'max.wrong-sign', { always: true })
          : undecided
      return r.moving
        ? wrong('The derivative has the other sign.', undefined, d.at ? { counter: { env: d.at, left: t, right: ZERO } } : {})
        : undecided
    }
    case 'minimum':
      if (isNegated(q) || m.said.some(t => t.key.startsWith('nll')) || minimises(m, s)) return argument(m, ok(''))
      // of a function of the writer's own, or of some formula that is not where the maximum is
      if (
        (c.about?.kind === 'term' &&
          !isPeak(r, c.about.term) &&
          !curvatures(r).some(t => c.about?.kind === 'term' && equal(r, c.about.term, t).verdict === 'true')) ||
        ownCriterion(m, s)
      )
        return undecided
      // of several stationary points some are minima
      if (severalRoots(r) && !(c.about?.kind === 'term' && isPeak(r, c.about.term))) return undecided
      return c.negated ? ok('') : wrong('The log-likelihood has a maximum there.', 'max.minimum-called-maximum')
    case 'maximum':
    case 'global-maximum': {
      // "ℓ′ > 0 on (0, Q/n), so v̂ = Q/n is the maximum": the interval is no set of maximisers
      const set = c.condition && q?.kind !== 'estimator' ? judgeEstimateSet(m, s, c.condition, true) : undefined
      return set ? argument(m, set) : maximumClaim(m, s, c)
    }
    case 'unique':
      m.arguments.add('second-order')
      if (c.negated) return flat(r) ? ok('') : undecided
      if (flat(r)) return wrong('Other parameters give the same likelihood.', 'max.flat-called-unique')
      return r.unknowns.length === 1 && (severalRoots(r) || (ofRoot.test(s.sentence ?? '') && severalRootsApart(r)))
        ? wrong('For some samples there are several.', 'max.local-is-global')
        : ok('')
    case 'sign-change':
      return turnsUpwards(m, s, q)
        ? wrong('It changes from plus to minus, as it does at a maximum.', 'max.minimum-called-maximum')
        : argument(m, ok(''))
    case 'boundary':
      return argument(m, ok(''))
    case 'no-solution':
      return stationary(r).length > 0 && !r.moving ? undecided : argument(m, ok(''))
    case 'no-maximum':
      if (c.condition) return noneForSuch(m, c.condition)
      if (m.cases.length > 0 || m.estimates.some(e => e.right)) return noneInCase(m, s)
      return r.settings.some(t => topOf(r, t.env))
        ? wrong('The maximum is attained.', tiedNames(r).length > 0 ? 'd.constraint-ignored' : 'max.boundary-missed')
        : argument(m, ok(''))
    case 'normalised':
      // with a prior the posterior is one
      if (/\bprior\b|\bbayes/i.test(m.text)) return undecided
      return c.negated ? ok('') : wrong('The likelihood is no density of the parameter.', 'lik.prior-confusion')
    case 'unbiased': {
      const parameter =
        q?.kind === 'estimator' ? q.parameter : r.unknowns.length === 1 && !c.about && saysEstimator(s) ? r.unknowns[0] : undefined
      const stated =
        c.negated || /asymptotic/i.test(s.sentence ?? '') ? undefined : m.estimates.findLast(e => e.parameter === parameter && e.right)
      const at = stated && biasedAt(r, stated.parameter, stated.term)
      if (stated && at)
        return wrong('Its expectation is another one, for a sample of one already.', 'est.unbiased-claim', {
          always: true,
          counter: { env: at, left: sym(stated.parameter), right: stated.term },
        })
      return ok('', { remark: 'That the estimate maximises the likelihood does not make it unbiased.', mistake: 'est.unbiased-claim' })
    }
    default:
      return undecided
  }
}

const upwards =
  /\bfrom (?:a )?(?:\$?[-−]\$?|minus|negative|below (?:zero|0)|decreasing|falling)(?: sign| values?)? (?:to|through (?:zero|0) to) (?:a )?(?:\$?\+\$?|plus|positive|above (?:zero|0)|increasing|rising)/i
/** "The score changes from minus to plus", where ℓ has one stationary point and it is the maximum. */
const turnsUpwards = (m: Memory, s: Statement, q: Quantity | undefined): boolean => {
  const r = m.reference
  if (!upwards.test(s.source) || r.unknowns.length !== 1 || r.moving || stationary(r).length === 0 || severalRoots(r)) return false
  if (speaksOfMinus(m, s) || m.said.some(t => t.key.startsWith('nll'))) return false
  return (
    q === undefined || (q.kind === 'derivative' && /^(?:log-)?likelihood$/.test(baseOf(q).kind)) || /^(?:log-)?likelihood$/.test(q.kind)
  )
}

const concludes = /\bconcave\b[^.;]*\b(?:so|hence|thus|therefore|and)\b[^.;]*\b(?:global|unique|only)\b/i

/** "The estimator is unbiased", and not a multiple of it. */
const saysEstimator = (s: Statement): boolean =>
  /\b(?:mles?|ml estimat\w*|maximum[- ]likelihood|estimator|estimate|it|which)\b[^.;:⟨⟪*/]{0,40}\bunbiased/i.test(
    s.sentence ?? 'it unbiased',
  )

/** "θ^(−n) is decreasing": a term in the one parameter, by the sign of its derivative; wrong only if that is the opposite everywhere. */
const growthOf = (r: Reference, t: Expr, up: boolean, where: Prop | undefined): Ruling => {
  const [u, ...others] = r.unknowns.filter(name => symbolsOf(t).has(name))
  if (u === undefined || others.length > 0 || mentionsHat(t) || foreign(r, t).length > 0) return undecided
  const slope = differentiate(t, sym(u))
  const known = where !== undefined && foreign(r, where).length === 0
  const envs = throughout(r, slope, ...(where ? [where] : [])).filter(e => !known || trueAt(r, where, [e]).verdict === 'true')
  if (trueAt(r, up ? rel('<=', ZERO, slope) : rel('<=', slope, ZERO), envs).verdict === 'true')
    return ok('True for all parameters that were tried.')
  const opposite = trueAt(r, up ? rel('<', slope, ZERO) : rel('<', ZERO, slope), envs)
  const [env] = envs
  return opposite.verdict === 'true' && env
    ? wrong('It is the other way round: the derivative has the other sign.', undefined, { counter: { env, left: slope, right: ZERO } })
    : undecided
}

/** "−log(1 + (x_i − θ)²) is concave": a function of the parameter that stands there, by its second derivative. */
const bendOf = (m: Memory, t: Expr, convex: boolean, c: Claiming): Ruling => {
  const r = m.reference
  m.arguments.add('second-order')
  const [u, ...others] = r.unknowns.filter(name => (c.in ? c.in.includes(name) : true) && symbolsOf(t).has(name))
  if (u === undefined || others.length > 0 || mentionsHat(t) || foreign(r, t).length > 0 || c.condition || c.where === 'in part')
    return undecided
  const bend = differentiate(differentiate(t, sym(u)), sym(u))
  const d = trueAt(r, convex ? rel('<=', ZERO, bend) : rel('<=', bend, ZERO), throughout(r, bend))
  if (d.verdict === 'true') return ok('True for all parameters that were tried.')
  if (d.verdict !== 'false' || !d.at || c.negated) return undecided
  return wrong('It does not bend this way for every parameter.', convex ? 'max.wrong-sign' : 'max.local-is-global', {
    counter: { env: d.at, left: bend, right: ZERO },
  })
}

/** "It is increasing, so there is no maximum": said of the whole parameter space. */
const runsAway =
  /\b(?:so|hence|thus|therefore|consequently|which means)\b[^.]*(?:\bno (?:mle|maximum)|\binfin\w+|\\infty|∞|\bas (?:large|small) as possible|\bdoes not exist|\bunbounded)/i

/** What is unique: a root, and not the maximum. */
const ofRoot =
  /\b(?:root|zero|solution|stationary point|critical point)\b[^.;]{0,30}\bunique|\b(?:unique|only one|exactly one|only) (?:root|zero|solution|stationary|critical)/i

/** Whether something was to be minimised: −ℓ, a sum of squares. */
const minimises = (m: Memory, s: Statement): boolean =>
  m.lines.some(
    l =>
      l.line <= s.line &&
      /\bminimi[sz](?:e|ing|es|ation)\b|\bnll\b|negative log|loss|cross[- ]entropy|squares|distance|smallest|\\bleast\\b/i.test(l.source),
  )

/** Whether a function of the parameter was introduced before, under a name of the writer's own: it may be what has a minimum. */
const ownCriterion = (m: Memory, s: Statement): boolean =>
  m.statements.some(t => t.line <= s.line && t.what.kind === 'definition' && unknownsIn(m.reference, t.what.term).length > 0)

/** Whether −ℓ has been spoken of here or just before: "it is convex" may speak of that. */
const speaksOfMinus = (m: Memory, s: Statement): boolean =>
  m.said.some(t => t.key.includes('nll')) ||
  m.lines.some(
    l =>
      l.line <= s.line &&
      l.line >= s.line - 3 &&
      /\bnll\b|negative log|minus (?:the )?log|loss|cost|[-−]\s*\\?(?:ell|ℓ|log|ln|l\b)/i.test(l.source),
  )

/** Whether a statistic is where the likelihood of the one parameter has its maximum. */
const isPeak = (r: Reference, t: Expr): boolean => {
  const [u, ...others] = r.unknowns
  if (u === undefined || others.length > 0 || unknownsIn(r, t).length > 0 || t.kind === 'num') return false
  const places = stationary(r)
  return places.length > 1 && places.every(({ env, top }) => nearlyHolds(rel('=', t, sym(u)), atTop(env, top)))
}

const argument = (m: Memory, r: Ruling): Ruling => {
  m.arguments.add('second-order')
  return r
}
