/**
 * What is said of the maximum in words: that there is none, that it is global, that the root is the only one. A level top and
 * several roots are looked for in numbers; words of the document are only asked what a claim rests on.
 */
import { type Env, evaluate } from '../term/evaluate.ts'
import { type Prop, rel, sym, ZERO } from '../term/term.ts'
import { atMaximum, throughout, trueAt } from './decide.ts'
import { differentiate } from './differentiate.ts'
import { once, type Reference } from './reference.ts'
import type { Role } from './report.ts'
import type { Memory, Ruling } from './ruling.ts'
import { forEveryObservation, isSampleCondition, latest, referenceUnder } from './sample-cases.ts'
import type { Statement, What } from './statement.ts'
import { gradient, rootsOfScore, topOf } from './top.ts'

export type Claiming = Extract<What, { kind: 'claim' }>

export const ok = (message: string, more: Partial<Ruling> = {}): Ruling => ({ role: 'claim', status: 'ok', message, ...more })
export const wrong = (message: string, mistake: string | undefined, more: Partial<Ruling> = {}): Ruling => ({
  role: 'claim',
  status: 'wrong',
  message,
  ...(mistake ? { mistake } : {}),
  ...more,
})
export const undecided: Ruling = { role: 'claim', status: 'unknown', message: 'This claim was not decided.' }

/** "If x̄ < 0 there is no maximum": wrong if it is attained for such samples, and for all others that are spoken of here. */
export const noneForSuch = (m: Memory, p: Prop): Ruling => {
  const r = m.reference
  if (r.moving || !isSampleCondition(r, p)) return undecided
  const attained = (q: Prop): boolean => {
    const narrow = referenceUnder(r, [q])
    return narrow !== undefined && narrow.settings.length > 1 && narrow.settings.every(s => topOf(narrow, s.env) !== undefined)
  }
  // the score has one sign there, so an open end is approached
  const runsAway = (q: Prop): boolean => {
    const narrow = referenceUnder(r, [q])
    const [g] = narrow && r.unknowns.length === 1 ? gradient(narrow) : []
    if (!narrow || !g || narrow.settings.length < 2 || narrow.settings.some(s => topOf(narrow, s.env))) return false
    const places = throughout(narrow, g)
    return [rel('<', g, ZERO), rel('<', ZERO, g)].some(way => trueAt(narrow, way, places).verdict === 'true')
  }
  if (runsAway(forEveryObservation(r, p))) return ok('For such samples the score has one sign, and no maximum is attained.')
  return [forEveryObservation(r, p), ...latest(m.cases, m.line?.line ?? 0, 3)].every(attained)
    ? wrong('For such samples the maximum is attained.', 'max.boundary-missed', { always: true })
    : undecided
}

const conditional = /\b(?:if|when|whenever|unless|otherwise|else|case|provided|except|all|every|each|no)\b/gi
/** "Case 2: M = n. … So there is no maximum": the one case that the lines just before speak of, and nothing else is supposed in them. */
export const noneInCase = (m: Memory, s: Statement): Ruling => {
  const r = m.reference
  // "if all x_i are 1 there is no maximum"
  const [here, another] = m.cases.filter(c => c.line === s.line)
  if (
    here &&
    !another &&
    /^\W*(?:(?:and|but|now) )?(?:if|when|whenever) (?:all|every|each)(?: of)?(?: the)? [⟨⟪][⟩⟫],?(?: then)?(?: there| it| the)/i.test(
      s.sentence ?? '',
    )
  )
    return noneForSuch(m, here.prop)
  const last = m.cases.findLast(c => c.line <= s.line)
  if (!last || r.moving || s.line - last.line > 2 || /\b(?:if|when|unless|otherwise|for|with|except)\b/i.test(s.sentence ?? ''))
    return undecided
  const between = m.lines.filter(l => l.line > last.line && l.line < s.line).map(l => l.source)
  if (between.some(t => t.search(conditional) >= 0)) return undecided
  const heads = m.lines.find(l => l.line === last.line)?.source.match(/\b(?:if|when|case|otherwise|unless)\b/gi) ?? []
  const props = m.cases.filter(c => c.line === last.line).map(c => c.prop)
  const attained = (q: Prop): boolean => {
    const narrow = referenceUnder(r, [q])
    return narrow !== undefined && narrow.settings.length > 1 && narrow.settings.every(t => topOf(narrow, t.env) !== undefined)
  }
  return heads.length === 1 && props.every(attained)
    ? wrong('For such samples the maximum is attained.', 'max.boundary-missed', { always: true })
    : undecided
}

/** What the statements just before speak of. */
export const lastRole = (m: Memory, s: Statement): Role | undefined => {
  const last = m.said.at(-1)
  return last && s.line - last.line <= 2 ? last.role : undefined
}

/** Whether the top of the likelihood is level. With several unknowns no top may only mean that none was found. */
export const flat = (r: Reference): boolean =>
  r.unknowns.length === 1 && r.settings.length > 0 && r.settings.every(s => topOf(r, s.env) === undefined) && r.moving
export const severalRoots = (r: Reference): boolean =>
  once(r, 'several roots', () => !r.moving && r.settings.some(s => rootsOfScore(r, s.env) > 1))
/** The same with the samples drawn apart: of two far clusters each may have a maximum of its own. */
export const severalRootsApart = (r: Reference): boolean =>
  once(r, 'several roots apart', () => {
    const [name, ...others] = r.observed
    if (r.moving || r.fixed || r.model.likelihood || name === undefined || others.length > 0) return false
    return r.settings.slice(0, 3).some(({ env }) => {
      const data = env.arrays.get(name) ?? []
      if (data.some(x => typeof x !== 'number')) return false
      const [first = 0] = data as readonly number[]
      const apart: Env = {
        ...env,
        arrays: new Map(env.arrays).set(
          name,
          (data as readonly number[]).map(x => first + 12 * (x - first)),
        ),
      }
      return Number.isFinite(evaluate(r.ell, apart)) && rootsOfScore(r, apart) > 1
    })
  })
/** What is compared, or argued otherwise than by the second derivative at one point. */
const compares =
  /\b(?:largest|highest|greatest|higher|larger|compar\w+|all (?:of )?(?:the |these |its )?(?:roots|stationary|critical|zeros|solutions)|each (?:of )?(?:the |these )?(?:root|stationary|critical|zero|solution)|several|multi\w+|grid|plot\w*|graph|numerically evaluat\w+)\b/i

/** ℓ″(m̂) < 0, in signs or words. */
const bends = /''|″|\\prime ?\\prime|second[- ]derivative|\bd2|d\^2|curvature/i

/** "Every root of the score is therefore the global maximum". */
const everyRoot = /\b(?:every|any|each) (?:root|zero|solution|stationary point|critical point)\b/i

export const maximumClaim = (m: Memory, s: Statement, c: Claiming): Ruling => {
  const r = m.reference
  if (flat(r) && c.claim === 'global-maximum') return wrong('Other parameters give the same likelihood.', 'max.flat-called-unique')
  // step by step: the best b for every a, and then the best a
  const stepwise = m.arguments.has('profile') || m.said.some(t => t.key.startsWith('profile'))
  if (stepwise || /\bdet|determinant|hessian|definite|concave/i.test(m.statements.map(t => `${t.said ?? ''} ${t.source}`).join(' ')))
    m.arguments.add('determinant')
  if (r.unknowns.length > 1 && m.arguments.has('diagonal') && !m.arguments.has('determinant') && !m.arguments.has('concave')) {
    // zero but for the digits of the estimates: measured by the diagonal
    const second = gradient(r).map(g => r.unknowns.map(u => differentiate(g, sym(u))))
    const joined = (env: Env): boolean => {
      const h = second.map(row => row.map(t => evaluate(t, env)))
      return h.some((row, i) => row.some((v, j) => i < j && Math.abs(v) > 1e-5 * Math.sqrt(Math.abs((h[i]?.[i] ?? 0) * (h[j]?.[j] ?? 0)))))
    }
    if (atMaximum(r).some(joined))
      return wrong('Negative second derivatives in each parameter alone do not make a maximum.', 'max.hessian-diagonal')
  }
  const local = bends.test(m.line?.source ?? '') || lastRole(m, s) === 'second-derivative'
  if (
    c.claim === 'global-maximum' &&
    r.unknowns.length === 1 &&
    (severalRoots(r) || ((local || everyRoot.test(s.sentence ?? '')) && !compares.test(m.text) && severalRootsApart(r))) &&
    !m.claims.some(t => t.claim === 'sign-change' || t.claim === 'concave')
  )
    return wrong('There can be several stationary points: a local argument is not enough.', 'max.local-is-global')
  return ok('')
}
