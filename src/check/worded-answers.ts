/**
 * Answers that are said in words alone: "the MLE is the sample median", "so θ is chosen as large as possible", "the maximum is at the
 * right end". Whole sentences are read, and what is not read to its end is not judged; only what no sample confirms is called wrong.
 */
import { unicode } from '../print/index.ts'
import { evaluate } from '../term/evaluate.ts'
import { rel, sym, ZERO } from '../term/term.ts'
import { anywhere, foreign, trueAt, unknownsIn } from './decide.ts'
import { ordinary } from './estimate-samples.ts'
import { hasOtherScale } from './judge-sign.ts'
import { mentionsData } from './judge-support.ts'
import { atValues, type Reference } from './reference.ts'
import type { Memory, Ruling } from './ruling.ts'
import { gradient, rootsOfScore, topOf } from './top.ts'

/** The sentences of a line, without the signs that set formulas off. */
const sentencesOf = (source: string): readonly string[] =>
  source
    .replace(/\$|\\[,;!]|\*\*/g, '')
    .split(/[.;:!](?:\s|$)|\?/)
    .map(t => t.replace(/\s+/g, ' ').trim())

/** Whether a line claims what it says: nothing supposed, asked, mentioned or treated as a case. */
const claimsPlainly = (m: Memory, besides?: RegExp): boolean =>
  (m.line?.statements ?? []).every(s => s.doubt === undefined || besides?.test(s.doubt) === true) &&
  !(m.line?.source ?? '').includes('?') &&
  m.cases.length === 0

/** The one parameter as people name it, for patterns. */
const named = (r: Reference): string | undefined => {
  const [u, another] = r.unknowns
  const p = r.model.parameters.find(q => q.name === u)
  return u === undefined || another !== undefined || p?.length !== undefined
    ? undefined
    : String.raw`(?:\\?${u}|${unicode(sym(u))}|the (?:unknown )?parameter(?: (?:\\?${u}|${unicode(sym(u))}))?)`
}

const more = '(?:largest|greatest|biggest|highest)'
const less = '(?:smallest|least|lowest)'
const most = String.raw`(?:maximi[sz]ed|maximal|largest|greatest|biggest|highest|maximum)`
const possible = '(?:possible|admissible|allowed|feasible|permitted|permissible)'
const much = '(large|big|great|high|small|little|low)'
const ways = (p: string): readonly RegExp[] => [
  new RegExp(
    String.raw`\b(?:choose|take|pick|make|want|need|set|select)s? (?:to (?:choose|take|make|pick|have) )?${p} (?:to be )?as ${much} as\b`,
    'i',
  ),
  new RegExp(String.raw`${p} (?:must|has to|should|needs to|ought to|is to) be (?:chosen |taken |made )?as ${much} as\b`, 'i'),
  new RegExp(
    String.raw`\b${most} (?:when|if|for|where|by (?:choosing|taking|making)) ${p} (?:is |to be |being )?(?:chosen |taken |made )?as ${much} as\b`,
    'i',
  ),
  new RegExp(
    String.raw`\b(?:choose|take|pick|select)s? the (${more}|${less}) (?:${possible} )?(?:value )?(?:of )?${p}(?: (?:that|which) (?:the data|is|are)\b| ?$|,)`,
    'i',
  ),
  new RegExp(
    String.raw`\b(?:${most}|attained|reached)\b[^.;,]{0,20} at the (${more}|${less}) (?:${possible} (?:value|point)|(?:${possible} )?(?:value of )?${p})(?: of ${p})? ?(?:$|,)`,
    'i',
  ),
  new RegExp(
    String.raw`\b(?:likelihood|maximum|L|ℓ|it|function)\b[^.;,]{0,20}\b(?:${most}|attained|reached|is|lies|occurs)\b[^.;,]{0,20} at (?:the|its) (upper|right|lower|left)(?:[- ]hand)? (?:end(?:[- ]?point)?|bound(?:ary)?|limit|edge)\b`,
    'i',
  ),
]
/** "The largest possible θ is best". */
const best = (p: string): RegExp =>
  new RegExp(
    String.raw`\bthe (${more}|${less}) (?:${possible} )?(?:value of )?${p} (?:is (?:therefore |then )?(?:the )?(?:best|optimal|mle|maximi[sz]er)|maximi[sz]es|wins|gives the (?:maximum|largest))\b`,
    'i',
  )
const hesitates =
  /\b(?:not|never|no|cannot|would|could|might|may|if we|were|had|wrong\w*|mistak\w+|tempt\w+|na[iï]ve\w*|minus|negative|smallest when|minim\w+|least when|reciprocal|inverse|unless|suppose|instead|rather|unlike|than|worst|zero|vanish\w*|impossible|case|condition\w*|given|other)\b|n['’]t\b|[-−]\s*\\?(?:ell|ℓ)/i

/** "L decreases, so θ is chosen as large as possible": the end to which the likelihood falls. */
const wrongEnd = (m: Memory): Ruling | undefined => {
  const source = m.line?.source ?? ''
  if (!/\bas \w+ as\b|\b(?:largest|greatest|biggest|highest|smallest|least|lowest|right|left|upper|lower)\b/i.test(source)) return undefined
  const r = m.reference
  const p = r.moving ? named(r) : undefined
  if (p === undefined || !claimsPlainly(m) || hasOtherScale(m)) return undefined
  const ends = sentencesOf(source).flatMap(t => {
    const word = hesitates.test(t) ? undefined : [...ways(p), best(p)].flatMap(w => w.exec(t)?.[1] ?? [])[0]
    return word === undefined ? [] : [/^(?:large|big|great|high|upper|right)/i.test(word)]
  })
  const [up, another] = ends
  const [slope] = gradient(r)
  if (up === undefined || another !== undefined || !slope) return undefined
  const falls = trueAt(r, up ? rel('<', slope, ZERO) : rel('<', ZERO, slope), anywhere(r, slope))
  return falls.verdict === 'true'
    ? {
        role: 'claim',
        status: 'wrong',
        always: true,
        message: `The likelihood ${up ? 'decreases' : 'increases'}: it is largest at the other end.`,
        mistake: 'max.order-stat-swap',
      }
    : undefined
}

const sorted = (x: readonly number[]): readonly number[] => [...x].sort((a, b) => a - b)
const total = (x: readonly number[]): number => x.reduce((a, b) => a + b, 0)
const mean = (x: readonly number[]): number => total(x) / x.length
const first = (x: readonly number[]): number => Math.min(...x)
const last = (x: readonly number[]): number => Math.max(...x)
const things = String.raw`(?: (?:of|in) (?:the |all |all the |these |our )?(?:observations?|data|sample|observed values|values|sample values|x_?\{?i\}?|n observations))?`
const meanWords = String.raw`(?:sample |arithmetic |empirical )?(?:mean|average)${things}`
type Statistic = (x: readonly number[]) => readonly number[]
/** Statistics by their names; several values where each of them is one. */
const statistics: readonly (readonly [string, Statistic])[] = [
  [String.raw`the ${meanWords}`, x => [mean(x)]],
  [String.raw`(?:the (?:reciprocal|inverse) of|one over|1 over|1/) ?the ${meanWords}`, x => [1 / mean(x)]],
  [String.raw`(?:twice|two times|double) the ${meanWords}`, x => [2 * mean(x)]],
  [String.raw`(?:half|half of|one half of) the ${meanWords}`, x => [mean(x) / 2]],
  [
    String.raw`(?:the|a|any) (?:sample |empirical )?median${things}`,
    x => {
      const y = sorted(x)
      return [y[(y.length - 1) >> 1] as number, y[y.length >> 1] as number]
    },
  ],
  [
    String.raw`the (?:smallest|least|lowest|minimal) (?:of the observations|observations?|observed value|data point|sample value)`,
    x => [first(x)],
  ],
  [String.raw`the (?:sample |observed )?minimum${things}`, x => [first(x)]],
  [
    String.raw`the (?:largest|greatest|highest|biggest|maximal) (?:of the observations|observations?|observed value|data point|sample value)`,
    x => [last(x)],
  ],
  [String.raw`the (?:sample |observed )?maximum${things}`, x => [last(x)]],
  [String.raw`(?:twice|two times|double) the (?:largest observation|sample maximum)`, x => [2 * last(x)]],
  [String.raw`half the (?:largest observation|sample maximum)`, x => [last(x) / 2]],
  [String.raw`the (?:sample )?(?:midrange|mid-range)${things}`, x => [(first(x) + last(x)) / 2]],
  [String.raw`the (?:sample |empirical )?range${things}`, x => [last(x) - first(x)]],
  [String.raw`the (?:sum|total) of (?:the |all |all the )?(?:observations|data|values|observed values)`, x => [total(x)]],
  [String.raw`the (?:sample )?geometric mean${things}`, x => [Math.exp(mean(x.map(Math.log)))]],
  [String.raw`the (?:sample )?harmonic mean${things}`, x => [1 / mean(x.map(v => 1 / v))]],
]
const lead = String.raw`^(?:(?:so|hence|thus|therefore|consequently|finally|and|we conclude that|it follows that|this means that|this shows that|in other words|that is),? )*`

const doubts =
  /\b(?:not|never|no|cannot|would|could|might|may|if|when|were|had|wrong\w*|mistak\w+|tempt\w+|na[iï]ve\w*|unless|suppose|instead|rather|unlike|than|case|condition\w*|known|other|divided|plus|minus)\b|n['’]t\b|[+*/]/i

/** "The MLE is the sample median": the value of that statistic is far from the maximum in every sample. */
const wrongStatistic = (m: Memory): Ruling | undefined => {
  const source = m.line?.source ?? ''
  if (!/\b(?:mle|estimat\w+)\b/i.test(source)) return undefined
  const r = m.reference
  const p = named(r)
  const [array, another] = r.observed
  const [u] = r.unknowns
  if (p === undefined || u === undefined || array === undefined || another !== undefined || r.special || !claimsPlainly(m)) return undefined
  const subject = String.raw`the (?:required |wanted )?(?:mle|ml[- ]?estimat(?:e|or)|maximum[- ]likelihood[- ]estimat(?:e|or)|estimat(?:e|or))(?: (?:of|for) ${p})? is (?:(?:simply|just|therefore|thus|then|hence|again|equal to|given by) )*`
  const found = sentencesOf(source).flatMap(t =>
    statistics.filter(([words]) => new RegExp(`${lead}${subject}${words}(?:,.*)?$`, 'i').test(t) && !doubts.test(t)).slice(0, 1),
  )
  const [one, second] = found
  if (!one || second) return undefined
  const places = ordinary(r)
  const isOff = ({ env, top }: (typeof places)[number]): boolean => {
    const data = env.arrays.get(array) ?? []
    const best = top.values.get(u)
    if (data.length < 2 || data.some(x => typeof x !== 'number') || typeof best !== 'number') return false
    const at = (v: number): number => {
      const there = atValues(env, new Map([[u, v]]))
      return r.moving && evaluate(r.likelihood, there) === 0 ? Number.NEGATIVE_INFINITY : evaluate(r.ell, there)
    }
    return one[1](data as readonly number[]).every(
      v =>
        Number.isFinite(v) && Math.abs(v - best) > 1e-3 * (1e-3 + Math.abs(best)) && !(at(v) >= at(best) - 1e-6 * (1 + Math.abs(at(best)))),
    )
  }
  return places.length >= 3 && places.every(isOff)
    ? { role: 'estimator', status: 'wrong', always: true, message: 'The likelihood is larger elsewhere.' }
    : undefined
}

const likelihood = String.raw`(?:(?:the )?(?:log-? ?)?likelihood(?: function)?|\\?ell|ℓ|l|L|log L|\\log L)(?: ?\([^()]*\))?`
const tends = String.raw`(?:→|\\to\b|->|\\rightarrow\b|\\longrightarrow\b|tends to|goes to|diverges to|approaches|increases to|grows to|rises to)`
const grows: readonly RegExp[] = [
  new RegExp(String.raw`(?:^|[\s,(])${likelihood} ?(?:then |also |itself )?${tends} ?(?:\+|plus )?(?:∞|\\infty|infinity)`, 'i'),
  new RegExp(
    String.raw`(?:^|[\s,(])${likelihood} (?:then |also |itself )?(?:increases|grows|rises) without (?:any )?(?:bounds?|limit|end)\b`,
    'i',
  ),
]
const ofOther =
  /\b(?:if|unless|case|would|could|suppos\w+|assum\w+|not|never|cannot|no longer|minus|negative|derivative|slope|score|information|variance|n grows|sample size|expected|average|instead|wrong|mistake|tempt\w+)\b|n['’]t\b|\bn ?(?:→|\\to\b|->)|[-−]\s*(?:\\?ell|ℓ|l\b|\\?log)|['′]|\\prime/i

/** "As λ → ∞ the log-likelihood tends to +∞": it has a largest value in every sample. */
const wrongLimit = (m: Memory): Ruling | undefined => {
  const source = m.line?.source ?? ''
  if (!/∞|\\infty|infinity|without/i.test(source)) return undefined
  const r = m.reference
  if (r.moving || r.special || r.unknowns.length !== 1 || r.settings.length < 3 || !claimsPlainly(m) || hasOtherScale(m)) return undefined
  if (!sentencesOf(source).some(t => !ofOther.test(t) && grows.some(p => p.test(t)))) return undefined
  return r.settings.every(s => topOf(r, s.env)?.stationary === true)
    ? { role: 'claim', status: 'wrong', always: true, message: 'The log-likelihood has a largest value: it is bounded above.' }
    : undefined
}

/** "For c < x_(1) the likelihood is zero": the data are possible there. */
const wrongZero = (m: Memory): Ruling | undefined => {
  const r = m.reference
  if (!r.moving || !/\b(?:zero|vanishes)\b/i.test(m.line?.source ?? '')) return undefined
  const said = (m.line?.statements ?? []).find(
    s =>
      s.what.kind === 'prose' &&
      s.what.condition &&
      s.doubt === undefined &&
      zeroUnder.test((s.sentence ?? '').split(/⟩ (?=[A-Z][a-z])/).at(-1) ?? ''),
  )
  const p = said?.what.kind === 'prose' ? said.what.condition : undefined
  if (!p || !mentionsData(r, p) || unknownsIn(r, p).length === 0 || foreign(r, p).length > 0) return undefined
  const against = r.settings.find(s => evaluate(r.likelihood, s.env) > 0 && trueAt(r, p, [s.env]).verdict === 'true')
  return against
    ? { role: 'likelihood', status: 'wrong', always: true, message: 'There the data are possible.', mistake: 'max.support-reversed' }
    : undefined
}
const zeroUnder =
  /^(?:(?:and|but|so|while|otherwise|also),? )*(?:(?:for|if|when|whenever) ⟪⟫,? (?:then )?the likelihood (?:is (?:equal to )?(?:zero|nought)|vanishes|becomes zero)|the likelihood (?:is (?:equal to )?(?:zero|nought)|vanishes|becomes zero) (?:for|if|when|whenever|as soon as|once) ⟪⟫)$/i

const slope = String.raw`(?:score(?: function)?|(?:first )?derivative|slope|ℓ['′]|\\?ell['′]|l['′])(?: ?\([^()]*\))?`
const upward: readonly RegExp[] = [
  new RegExp(
    String.raw`\b${slope} (?:then |therefore |thus )?(?:changes (?:its )?sign|goes|passes|turns|moves|switches) (?:there |at the root )?from (?:-|−|minus|negative) to (?:\+|plus|positive)`,
    'i',
  ),
  new RegExp(String.raw`\b${slope} (?:then |therefore )?(?:crosses|passes(?: through)?) zero from below\b`, 'i'),
  new RegExp(
    String.raw`\b${slope} is negative (?:before|to the left|on the left|below)\b[^.;]{0,40}\band (?:is )?positive (?:after|behind|to the right|on the right|above|beyond)\b`,
    'i',
  ),
]
const ofOtherSlope =
  /\b(?:if|unless|case|would|could|not|never|cannot|minus|second|nll|loss|minim\w+|wrong|mistake|other|local)\b|\bnegative (?:log|of)\b|n['’]t\b|[-−]\s*(?:\\?ell|ℓ|l\b)/i

/** "The score crosses zero from below": at the one root, where the maximum is. */
const wrongCrossing = (m: Memory): Ruling | undefined => {
  const source = m.line?.source ?? ''
  if (!/\bfrom\b|\bnegative\b/i.test(source)) return undefined
  const r = m.reference
  if (r.moving || r.special || r.unknowns.length !== 1 || r.settings.length < 3 || !claimsPlainly(m, /^Where /) || hasOtherScale(m))
    return undefined
  if (m.said.some(t => t.key.startsWith('nll')) || !sentencesOf(source).some(t => !ofOtherSlope.test(t) && upward.some(p => p.test(t))))
    return undefined
  return r.settings.every(s => topOf(r, s.env)?.stationary === true && rootsOfScore(r, s.env) === 1)
    ? {
        role: 'score',
        status: 'wrong',
        always: true,
        message: 'At the maximum the derivative goes from positive to negative.',
        mistake: 'max.wrong-sign',
      }
    : undefined
}

/** The verdict on an answer in words; undefined where none was read, or nothing is wrong with it. */
export const wordedAnswer = (m: Memory): Ruling | undefined =>
  wrongEnd(m) ?? wrongStatistic(m) ?? wrongLimit(m) ?? wrongZero(m) ?? wrongCrossing(m)
