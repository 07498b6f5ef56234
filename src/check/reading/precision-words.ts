/**
 * Standard errors, variances and information that words name: "the standard error of λ̂ is …", "its asymptotic variance is …".
 * What they are said of is the side in front, or the estimate of the one parameter. It decides nothing.
 */
import { same } from '../../term/order.ts'
import { call, type Expr, sym } from '../../term/term.ts'
import { mentions } from '../../term/walk.ts'
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
/** "the variance of θ̂": exact or for large samples; of what is no estimate it is another thing. */
const variance =
  /(?:^|[\s(])(?:exact |true |sampling )?variance of(?: (?:the|our|its|this))?(?: (?:ml|maximum[- ]likelihood))?(?: (?:mle|estimat(?:e|or)))?\s*$/
/** "The Cramér–Rao bound for m", which unbiased estimates of it cannot go below. */
const bound = String.raw`(?:cram[ée]r[-– ]*rao(?: lower)? bound|information (?:lower )?bound|lower bound of cram[ée]r(?: and|[-– ]*) ?rao)`
const boundAlone = new RegExp(
  String.raw`(?:^|[\s(])${bound}(?: for (?:the variance of )?(?:any |an )?unbiased estimat(?:e|or)s?)?,? (?:is|equals|becomes|reads|=)${softly}:?\s*$`,
)
const boundBefore = new RegExp(
  String.raw`(?:^|[\s(])${bound} (?:for|on)(?: (?:the variance of )?(?:any |an )?unbiased estimat(?:e|or)s? of)?\s*$`,
)
/** "One observation carries the information …". */
const carried =
  /(?:^|[\s(])(?:(one|a single|each|every|any(?: single)?) (?:observation|data ?point|measurement)|(?:the (?:whole |full |entire )?(?:sample|data)|(?:all )?n observations|a sample of(?: size)?(?: n)?)) (?:then |therefore |thus |hence )?(?:carr(?:y|ies)|contains?|contributes?|provides?|holds?|gives?|yields?|has|have|brings?) (?:the |an? )?(?:amount of )?(?:expected |fisher )*information(?: of| equal to|:)?\s*$/
/** "the information about θ in the sample", in front of θ. */
const about = new RegExp(String.raw`(?:^|[\s(])${information} (?:about|on|for|in)\s*$`)
const plainVerb = new RegExp(
  String.raw`^(?:(?: ?(?:contained )?in (?:the (?:whole )?(?:sample|data)|(?:one|a single|each) observation|n observations))?,? ?(?:is|equals|becomes|reads|would be|can be|may be)${softly})?:?\s*$`,
)

const kindOf = (words: string): Precise => (/variance/.test(words) ? 'var' : 'se')
const ofOne = /\b(?:one|a single|each|per) observation/

/** "The information in a single observation", "one observation carries the information": that it is of one is read. */
export const informationOfOne =
  /\binformation (?:(?:contained|carried) )?(?:in|of|by|per|from) (?:one|a single|each|an) (?:single )?observation\b|\b(?:one|a single|each) observation (?:\w+ ){1,3}(?:(?:expected|fisher) )?information\b/i

/** Of what is stated in shares of something else nothing is known here. */
const relative = /\b(?:relative|fractional|percentage|percent|per cent|scaled|coefficient of variation)\b/

const possessive = /\b(?:its|whose|with)\b/

/**
 * The quantity of the estimate of the one parameter, where the words in front of a value name it; of the function that was estimated
 * just before, where the words refer to that.
 */
export const preciseAlone = (n: Notation, words: string, estimated?: Expr): Side | undefined => {
  const [only, another] = n.model.parameters
  const lower = words.toLowerCase()
  if (only && !another && !only.length) {
    const who = carried.exec(lower)
    if (who) return sideOf(n, call(who[1] ? 'fisher-information-1' : 'fisher-information', n.parameters))
    if (boundAlone.test(lower)) return sideOf(n, call('var', [sym(hatName(only.name))]))
  }
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
  const isEstimate = of.kind === 'quantity' ? of.quantity.kind === 'estimator' : of.kind === 'term' && isHatted(n, of.term)
  if ((isEstimate && variance.test(lower)) || boundBefore.test(lower)) return sideOf(n, call('var', [termOfSide(n, hattedSide(of))]))
  const found = relative.test(lower) ? undefined : before.exec(lower)
  return found ? sideOf(n, call(kindOf(found[1] ?? ''), [termOfSide(n, hattedSide(of))])) : undefined
}
const isHatted = (n: Notation, t: Expr): boolean => n.model.parameters.some(p => mentions(t, hatName(p.name)))
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
  return [before, about, variance, boundBefore].some(w => w.test(words.toLowerCase()))
}

const has = new RegExp(
  String.raw`^[\s,)]*(?:(?:then|therefore|thus|hence|so) )?(?:has|with) (?:the |an? )?(${name}|variance)(?: of| about| approximately| equal to)?\s*$`,
)
const named = new RegExp(String.raw`(?:^|[\s(])(${name})(?: of)?:?\s*$`)
/** The clause that says what the value of the clause k is the standard error of: "log m̂ has standard error …", "standard error … for 1/m̂". */
export const ownerOf = (clauses: readonly Clause[], k: number): { readonly owner: Clause; readonly words: string } | undefined => {
  const [last, c, next] = [clauses[k - 1], clauses[k], clauses[k + 1]]
  const lone = (d: Clause | undefined): d is Clause => d !== undefined && d.sentence === c?.sentence && d.operators.length === 0
  if (!c || !lone(c)) return undefined
  const words = c.words.toLowerCase()
  const possessed = has.exec(words)
  if (possessed && lone(last)) return { owner: last, words: `${possessed[1]} of` }
  const told = named.exec(words)
  return told && lone(next) && /^\s*(?:for|of)(?: (?:the|its) (?:mle|estimat(?:e|or)))?\s*$/.test(next.words)
    ? { owner: next, words: `${told[1]} of` }
    : undefined
}
/** Whether words that end in front of a value say what it is by a verb of their own. */
export const isCarried = (words: string): boolean => carried.test(words.toLowerCase())
