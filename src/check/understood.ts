/**
 * Whether the words of a sentence are all understood. What stands beside words that are not may be supposed, denied, or said of
 * something else: the judge then says "unknown" where it would say "wrong". It is a matter of words alone.
 */
import { ordinary } from './ordinary-words.ts'
import type { Statement } from './statement.ts'

/** Words that may make a supposition, a case or a denial of what stands beside them. */
const restricting =
  /\b(?:if|when(?:ever)?|unless|case|cases|suppos\w+|assum\w+|instance|example|e\.g|single|special|particular|would|could|might|without|not|cannot|never|nor|neither|either|provided|had|were|otherwise|instead|alternative\w*|wrong|mistak\w+|error|naive\w*|contrast|unlike|only|ignor\w+|pretend\w*|imagine|hypothe\w+|candidates?|solutions|roots)\b|n['’]t\b/i

const wordsIn = (sentence: string): readonly string[] =>
  [...sentence.replaceAll('⟨⟩', ' ').matchAll(/[A-Za-z][A-Za-z.]*(?:['’-][A-Za-z]+)*/g)].map(w => w[0].toLowerCase().replace(/\.+$/, ''))

/** What a claim denies is read with the claim. */
const denial = /^(?:not|cannot|\w+n['’]t)$/

/** The first word of a sentence that is none of the ordinary ones. */
export const strangeWord = (sentence: string, allowed?: RegExp): string | undefined =>
  wordsIn(sentence).find(w => w.length > 1 && !ordinary.has(w) && !allowed?.test(w))

/** What a likelihood is, and its logarithm and derivatives, is seldom said under a condition in words. */
const ofLikelihood = (s: Statement): boolean =>
  s.what.kind === 'relation' && s.what.left.kind === 'quantity' && s.what.left.quantity.kind !== 'estimator'

/** Why a statement must not be called wrong: a word of its sentence; undefined if that is understood. */
export const notUnderstood = (s: Statement): string | undefined => {
  if (s.sentence === undefined || s.what.kind === 'prose' || s.what.kind === 'unreadable') return undefined
  const strange = /^\W*otherwise\b/i.test(s.sentence) ? 'otherwise' : strangeWord(s.sentence, s.what.kind === 'claim' ? denial : undefined)
  if (strange === undefined) return undefined
  return (s.display || ofLikelihood(s)) && !restricting.test(s.sentence)
    ? undefined
    : `Not judged: what is said around it was not understood ("${strange}").`
}
