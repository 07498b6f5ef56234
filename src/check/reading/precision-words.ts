/**
 * Standard errors, variances and information that words name: "the standard error of λ̂ is …", "its asymptotic variance is …".
 * What they are said of is the side in front, or the estimate of the one parameter. It decides nothing.
 */
import { same } from '../../term/order.ts'
import { call, type Expr, sym } from '../../term/term.ts'
import { hatName, type Side } from '../statement.ts'
import type { Clause } from './clause.ts'
import { sideOf, termOfSide } from './named-sides.ts'
import type { Notation } from './notation.ts'

type Precise = 'se' | 'var' | 'fisher-information' | 'fisher-information-1'

const name = String.raw`(?:(?:(?:asymptotic|approximate|estimated|large[- ]sample) )*(?:standard errors?|s\.\s?e\.?|std\.? err(?:or|\.)|se\b)|(?:(?:asymptotic|approximate|estimated|large[- ]sample) )+variance)`
const owner = String.raw`(?: of (?:the |this |our |its |that )?(?:(?:ml|maximum[- ]likelihood) )?(?:mle|estimat(?:e|or)))?`
const information = String.raw`(?:(?:fisher|expected|total) )*information`
const softly = String.raw`(?: (?:then|therefore|thus|hence|just|simply|about|approximately|roughly|given by|estimated by|estimated as|approximated by|found to be|equal to|now|again|so|also|asymptotically))*`
const verb = String.raw`(?:,? (?:is|equals|becomes|reads|would be|amounts to|comes out (?:as|to be)|turns out to be|works out (?:as|to))${softly}:?|:|=|,)?`
/** The words end with the quantity itself. */
const alone = new RegExp(String.raw`(?:^|[\s(])${name}${owner}${verb}\s*$`)
/** The words end in front of what the quantity is of. */
const before = new RegExp(String.raw`(?:^|[\s(])(${name}) (?:of|for)(?: (?:the|our|its|this))?(?: [a-z]+){0,4}\s*$`)
/** "the information about θ in the sample", in front of θ. */
const about = new RegExp(String.raw`(?:^|[\s(])${information} (?:about|on|for|in)\s*$`)
const plainVerb = new RegExp(
  String.raw`^(?:(?: ?(?:contained )?in (?:the (?:whole )?(?:sample|data)|(?:one|a single|each) observation|n observations))?,? ?(?:is|equals|becomes|reads|would be|can be|may be)${softly})?:?\s*$`,
)

const kindOf = (words: string): Precise => (/variance/.test(words) ? 'var' : 'se')
const ofOne = /\b(?:one|a single|each|per) observation/

/** Of what is stated in shares of something else nothing is known here. */
const relative = /\b(?:relative|fractional|percentage|percent|per cent|scaled|coefficient of variation)\b/

const possessive = /\b(?:its|whose|with)\b/

/**
 * The quantity of the estimate of the one parameter, where the words in front of a value name it; of the function that was estimated
 * just before, where the words refer to that.
 */
export const preciseAlone = (n: Notation, words: string, estimated?: Expr): Side | undefined => {
  const [only, another] = n.model.parameters
  const found = relative.test(words.toLowerCase()) ? undefined : alone.exec(words.toLowerCase())
  if (found && estimated && possessive.test(words.toLowerCase())) return sideOf(n, call(kindOf(found[0]), [estimated]))
  return found && only && !another && !only.length ? sideOf(n, call(kindOf(found[0]), [sym(hatName(only.name))])) : undefined
}

/**
 * The quantity of a side that stands behind "the standard error of".
 * @param words those in front of the side, and those behind it
 */
export const preciseOf = (n: Notation, words: string, of: Side, behind = ''): Side | undefined => {
  const lower = words.toLowerCase()
  const [only] = n.parameters
  if (about.test(lower) && only && n.parameters.length === 1 && of.kind === 'term' && same(of.term, only))
    return sideOf(n, call(ofOne.test(behind) ? 'fisher-information-1' : 'fisher-information', n.parameters))
  // "the standard error of the estimate is SE(θ̂)": the sign says it once more
  if (of.kind === 'quantity' && /^(?:standard-error|variance|fisher-information|observed-information)$/.test(of.quantity.kind))
    return undefined
  const found = relative.test(lower) ? undefined : before.exec(lower)
  return found ? sideOf(n, call(kindOf(found[1] ?? ''), [termOfSide(n, hattedSide(of))])) : undefined
}
/** An estimate as the term it is. */
const hattedSide = (s: Side): Side =>
  s.kind === 'quantity' && s.quantity.kind === 'estimator' ? { kind: 'term', term: sym(hatName(s.quantity.parameter)) } : s

/** The words in front of a clause; behind a lone SE those are "SE of". */
export const wordsBefore = (n: Notation, clauses: readonly Clause[], k: number): string => {
  const [c, last] = [clauses[k], clauses[k - 1]]
  const lone =
    last?.operators.length === 0 && last.sentence === c?.sentence && last.operands[0]?.length === 1 ? last.operands[0][0] : undefined
  const role = lone?.kind === 'name' ? n.survey.roles.get(lone.text) : undefined
  return role === 'se' ? `se ${c?.words ?? ''}` : (c?.words ?? '')
}

/** Whether a formula stands between "the standard error of" and a verb: what the value behind the verb is of. */
export const isOwner = (n: Notation, clauses: readonly Clause[], k: number): boolean => {
  const [c, last] = [clauses[k], clauses[k - 1]]
  if (!c || !last || last.sentence !== c.sentence || last.operators.length > 0 || c.words === '' || !plainVerb.test(c.words)) return false
  const words = wordsBefore(n, clauses, k - 1)
  return before.test(words) || about.test(words)
}
