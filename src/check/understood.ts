/**
 * Whether the words of a sentence are all understood. What stands beside words that are not may be supposed, denied, or said of
 * something else: the judge then says "unknown" where it would say "wrong". It is a matter of words alone.
 */
import { mentionsHat } from './decide.ts'
import { ordinary } from './ordinary-words.ts'
import { informationOfOne } from './reading/precision-words.ts'
import type { Line, Statement } from './statement.ts'

/** Words that may make a supposition, a case or another problem of all that the sentence says. */
const restricting =
  /\b(?:if|when(?:ever)?|unless|case|cases|suppos\w+|assum\w+|instance|example|e\.g|single|special|particular|would|could|might|provided|had|were|otherwise|instead|alternative\w*|naive\w*|contrast|unlike|pretend\w*|imagine|hypothe\w+)\b/i
/** Words that deny or narrow what is said directly behind them. */
const denying =
  /\b(?:without|not|cannot|never|nor|neither|either|wrong|mistak\w+|(?<!standard )errors?|ignor\w+|candidates?|solutions|roots)\b|n['’]t\b/i
/** The formula that is spoken of; the others are ⟨⟩. */
const ownFormula = '⟪⟫'
/** The words directly around the last formula: from the comma, the colon or the "and" before it. */
const nearest = (sentence: string): string => {
  const at = Math.max(sentence.indexOf(ownFormula), sentence.lastIndexOf('⟨⟩'))
  const head = sentence.slice(0, Math.max(at, 0)).replace(/[\s:,]+$/, '')
  return head.slice(Math.max(...[...head.matchAll(/[,;:.]|\band\b|\bbut\b/gi)].map(m => m.index ?? 0), 0)) + sentence.slice(Math.max(at, 0))
}

const wordsIn = (sentence: string): readonly string[] =>
  [...sentence.replace(/[⟨⟪][⟩⟫]/g, ' ').matchAll(/[A-Za-z][A-Za-z.]*(?:['’-][A-Za-z]+)*/g)].map(w =>
    w[0].toLowerCase().replace(/\.+$/, ''),
  )

/** What a claim denies is read with the claim. */
const denial = /^(?:not|cannot|\w+n['’]t)$/

/** The first word of a sentence that is none of the ordinary ones. */
export const strangeWord = (sentence: string, allowed?: RegExp): string | undefined =>
  wordsIn(sentence).find(w => w.length > 1 && !ordinary.has(w) && !allowed?.test(w))

/** What a likelihood is, and its logarithm and derivatives, is seldom said under a condition in words. */
const ofLikelihood = (s: Statement): boolean =>
  s.what.kind === 'relation' && s.what.left.kind === 'quantity' && s.what.left.quantity.kind !== 'estimator'

/** Whether a line is formulas and nothing else. */
const isFormulas = (l: Line): boolean =>
  l.statements.length > 0 &&
  !/[A-Za-z]/.test(l.statements.reduce((rest, s) => rest.replace(s.source, ' '), l.source).replace(/\\[A-Za-z]+/g, ' '))

/** Whether a formula has its line for itself, and no sentence runs into that line or out of it. */
const standsAlone = (s: Statement, lines: readonly Line[]): boolean => {
  const k = lines.findIndex(l => l.line === s.line)
  const own = lines[k]
  if (!own || !isFormulas(own)) return false
  const before = lines.slice(0, k).findLast(l => l.source.trim() !== '' && !isFormulas(l))
  const behind = lines.slice(k + 1).find(l => l.source.trim() === '' || !isFormulas(l))
  return (before === undefined || /[.;!?]\s*$/.test(before.source)) && !/^\s*[a-z(,]/.test(behind?.source ?? '')
}

const opening = /^[\s*_(–•-]*(?:\d+[.)]\s*)?[A-Z][a-z]+\b/
/** A step that stands in a line of its own, though no point ends the lines: formulas as ⟨⟩. Undefined where a sentence runs on. */
const ownLine = (s: Statement, lines: readonly Line[]): string | undefined => {
  const k = lines.findIndex(l => l.line === s.line)
  const [own, next] = [lines[k], lines[k + 1]]
  if (!own || !opening.test(own.source) || (next && !/^\s*$/.test(next.source) && !opening.test(next.source) && !isFormulas(next)))
    return undefined
  // a formula over two lines, or words that lead to the next one
  if (/(?:[:,=+*/−-]|\b[a-z]+)\s*$/.test(own.source.replace(/\$/g, '')) && next && isFormulas(next)) return undefined
  let [text, from] = ['', 0]
  for (const t of [...own.statements].sort((a, b) => a.column - b.column)) {
    if (t.column - 1 < from || t.what.kind === 'claim') continue
    text += `${own.source.slice(from, t.column - 1)} ${t === s ? ownFormula : '⟨⟩'} `
    from = t.column - 1 + t.length
  }
  return s.what.kind === 'claim' || text.includes(ownFormula) ? text + own.source.slice(from) : undefined
}

/** "For hand computation: ⟪⟫": what stands in front of a colon says what the formula is for. */
const label = /^[^.:;⟪⟫⟨⟩]{1,60}:[\s$]*(?=⟪⟫)/
/** Two sides of data and parameters, and no estimate. */
const isIdentity = (s: Statement): boolean =>
  s.what.kind === 'relation' &&
  s.what.relation === '=' &&
  s.what.left.kind === 'term' &&
  s.what.left.term.kind !== 'sym' &&
  s.what.left.term.kind !== 'at' &&
  s.what.right.kind === 'term' &&
  !mentionsHat(s.what.left.term) &&
  !mentionsHat(s.what.right.term)

const reasoned = /, (?:as|because|since)[\s$]+⟪⟫[\s$]*(?:there|at (?:it|this point|that point|the root))?[\s$.]*$/
/** "Up to constants that do not matter". */
const constantsApart =
  /\bup to (?:a |an |some |the )?(?:(?:irrelevant|unimportant|immaterial|multiplicative|additive) )*(?:constants?|factors?|terms?) (?:(?:that|which) (?:do|does) not (?:matter|count)|of no (?:importance|interest)|(?:that|which) (?:are|is) (?:irrelevant|unimportant|of no (?:importance|interest)))\b/gi
/** "At the upper endpoint of the interval": where something is, and no restriction. */
const endOfRange =
  /\bat (?:the|its) (?:upper|lower|left|right|left-hand|right-hand)(?: hand)? (?:end(?:[- ]?point)?|bound(?:ary)?|limit|edge|border|extreme)(?: of (?:the|this|that|its) (?:(?:admissible|allowed|feasible|permitted|possible) )?(?:interval|range|support|set|region))?/gi

/** Why a statement must not be called wrong: a word of its sentence; undefined if that is understood. */
export const notUnderstood = (s: Statement, lines: readonly Line[]): string | undefined => {
  if (s.sentence === undefined || s.what.kind === 'prose' || s.what.kind === 'unreadable') return undefined
  const whole = (strangeWord(s.sentence) !== undefined ? ownLine(s, lines) : undefined) ?? s.sentence
  const sentence = isIdentity(s) ? whole.replace(label, head => (restricting.test(head) || denying.test(head) ? head : '')) : whole
  // "in case 2 there is no maximum": the judge has looked at that case
  const text = (
    s.what.kind === 'claim' && s.what.claim === 'no-maximum'
      ? sentence.replace(/\bin case \(?[\da-z]+\b|,? in (?:this|that) case\b|\bwhich is impossible\b/i, '')
      : sentence
  )
    .replace(endOfRange, 'at the end')
    .replace(constantsApart, 'up to constants')
    .replace(informationOfOne, 'information')
    .replace(/ and (?:positive|negative) (?:afterwards?|after that|thereafter|behind it|beyond(?: it| that)?)[\s.]*$/i, '')
    .replace(/\b(?:a|its|the) single (?=(?:stationary|critical|turning|root|zero|solution|maximum)\b)/gi, 'one ')
    .replace(/\b(?:this|that|which) is the case (?=(?:exactly|precisely|only|if|iff)\b)/i, 'this holds ')
  // "it is no maximum, as ℓ″ > 0 there": the reason is claimed, whatever it is a reason for
  if (reasoned.test(text) && !restricting.test(text)) return undefined
  // behind the formula, where no word restricts or denies: "the average crack rate"
  const at = text.indexOf(ownFormula)
  const tail = at < 0 ? '' : text.slice(at)
  const plainTail = tail !== '' && !restricting.test(tail) && !denying.test(tail) && !/\bonly\b/i.test(tail)
  const read = plainTail ? text.slice(0, at) : text
  const strange = /^\W*otherwise\b/i.test(text) ? 'otherwise' : strangeWord(read, s.what.kind === 'claim' ? denial : undefined)
  if (strange === undefined) return undefined
  const aside =
    (s.display || ofLikelihood(s)) &&
    !restricting.test(sentence) &&
    (s.display ? !denying.test(nearest(sentence)) : !denying.test(sentence) && !/\bonly\b/i.test(sentence))
  return aside || (s.what.kind === 'relation' && standsAlone(s, lines))
    ? undefined
    : `Not judged: what is said around it was not understood ("${strange}").`
}
