/**
 * Words and names that people use around likelihoods: which names usually mean which quantity, which words of a bare line
 * are mathematics, and which are sentences. Tables and small tests only.
 */
import { greekNames } from '../../read/symbols.ts'
import { canonicalName } from '../../term/functions.ts'

export type Role =
  | 'L'
  | 'ell'
  | 'profile-ell'
  | 'nll'
  | 'avg-ell'
  | 'avg-nll'
  | 'rel-L'
  | 'f'
  | 'F'
  | 'survival'
  | 'score'
  | 'hessian'
  | 'fisher-information'
  | 'observed-information'
  | 'se'
  | 'var'
  | 'bias'

const rows: readonly (readonly [Role, string])[] = [
  ['L', 'L Lik lik likelihood Likelihood'],
  ['ell', 'ell LL ll logL LogL Logl LOGL LnL LogLik loglik logLik loglikelihood lnL lnlik llik logl llf lL'],
  ['nll', 'NLL nll negLL negloglik nllik negll'],
  ['score', 'score Score'],
  ['se', 'se SE StdErr sd SD'],
  ['var', 'Var var'],
  // the mean squared error is not judged, like the bias
  ['bias', 'bias Bias MSE mse'],
  ['fisher-information', 'calI FI Info'],
  ['observed-information', 'calJ'],
]
/** Names that mean a quantity whatever stands behind them. */
export const usualRoles: ReadonlyMap<string, Role> = new Map(
  rows.flatMap(([role, names]) => names.split(' ').map((n): [string, Role] => [n, role])),
)
/** Names that mean a quantity if they are applied to arguments, primed or differentiated. */
export const appliedRoles: ReadonlyMap<string, Role> = new Map([
  ['l', 'ell'],
  ['f', 'f'],
  ['p', 'f'],
  ['F', 'F'],
  ['U', 'score'],
  ['S', 'score'],
  ['s', 'score'],
  ['u', 'score'],
  ['I', 'fisher-information'],
  ['J', 'observed-information'],
  ['i', 'fisher-information'],
  ['H', 'hessian'],
  ['V', 'var'],
  ['P', 'f'],
  ['Pr', 'f'],
  ['calP', 'f'],
  ['calF', 'f'],
  ['R', 'rel-L'],
])

/** Short English words that look like products of letters. */
const english = new Set(
  'is so as in at to of on or an by be we it if he no do up us my am go me the and for but not are was has its all any one two our out let get set put now then thus hence this that with from where which when have gives give find take both same here zero max min log mle iid too obs eq wrt pdf pmf cdf i.e e.g ie eg via per use see so we is to'.split(
    ' ',
  ),
)
export const isEnglish = (w: string): boolean => english.has(w.toLowerCase())
/** Words of formulas. */
const formulaWords = new Set('exp log ln sqrt inf const argmax argmin arg lim infty infinity cdot'.split(' '))
/** Words that are formulas only in front of an argument. */
const beforeArgument = new Set(
  'sum prod max min mean median Median med floor ceil sign abs order diff limit indicator E Var var se SE sd bias erf score'.split(' '),
)

export interface Known {
  /** Declared names and those that the writer introduced. */
  readonly names: ReadonlySet<string>
  /** Names of observed lists. */
  readonly arrays: ReadonlySet<string>
  /** Words that the writer introduces as names: SS, tot. */
  readonly introduced?: ReadonlySet<string>
}

const isName = (w: string, known: Known): boolean =>
  known.names.has(w) || known.arrays.has(w) || greekNames.has(w) || usualRoles.has(w) || canonicalName(w) !== undefined

/** Splits a word into names that are known, longest first; single Latin letters count as names. */
export const splitWord = (w: string, known: Known, pieces = 4): readonly string[] | undefined => {
  if (w === '') return []
  if (pieces === 0) return undefined
  for (let k = Math.min(w.length, 12); k > 0; k--) {
    const head = w.slice(0, k)
    const fits = k === 1 ? /[A-Za-z]/.test(head) : isName(head, known)
    if (!fits) continue
    const tail = splitWord(w.slice(k), known, pieces - 1)
    if (tail) return [head, ...tail]
  }
  return undefined
}

/** dl, dp, d2LL, dlambda2, dtheta. */
export const differentialWord = (w: string, known: Known): { readonly order: number; readonly of: string } | undefined => {
  const m = /^d(\d?)([A-Za-z][A-Za-z0-9_]*?)$/.exec(w)
  const of = m?.[2] ?? ''
  const base = of.replace(/\d$/, '')
  return m && (isName(of, known) || isName(base, known) || /^[A-Za-z]$/.test(of) || /^[A-Za-z]\d$/.test(of))
    ? { order: Number(m[1] || '1'), of }
    : undefined
}

/** Whether a word of two or more letters in a bare line is mathematics. `after` is what follows it, `before` what precedes. */
export const isFormulaWord = (w: string, before: string, after: string, known: Known): boolean => {
  if (w === 'score' && /\bd\s*\($/.test(before)) return true
  // x1! x2! ... xn!
  if (/^[a-z]n$/i.test(w) && known.arrays.has(w.charAt(0)) && !isEnglish(w) && /(?:\.\.\.|…|⋯)[!,\s]*$/.test(before)) return true
  if (known.introduced?.has(w)) return true
  // the log likelihood, in two words
  if (
    /^(?:log|ln|Log)$/.test(w) &&
    /^(?: likeli|\s+(?:is|are|has|in|as|to|gives?|on|at|by|both|sides|and|or|which|that|this|then|so|also|scale|form|again)\b|[.,;:)])/.test(
      after,
    )
  )
    return false
  // RSS, SSE: a name in capitals
  if (/^[A-Z]{3,6}$/.test(w) && /^(?:\(\w+\))?\s*=/.test(after)) return true
  if (known.names.has(w) || usualRoles.has(w) || greekNames.has(w))
    return (
      !/^(lik|likelihood|Likelihood|score|Score|bias|Bias|MSE|mse|Info|var|Var)$/.test(w) ||
      /^\s*[(']/.test(after) ||
      (/^(?:[Vv]ar|[Bb]ias)$/.test(w) && after.startsWith('[')) ||
      (/^[Ll]ik$/.test(w) && /^\s*=/.test(after))
    )
  if (beforeArgument.has(w)) {
    if (/^\s*[({_[|]/.test(after)) return true
    return (
      /^(sum|prod|max|min)$/.test(w) &&
      /^\s+\S/.test(after) &&
      !/^\s+(?:[=<>≤≥≈]|(?:of|is|at|in|by|to|as|we|so|it|if|and|over|[a-z]{3,})\b)(?<!\b(?:log|exp|sqrt|abs|choose|binom|theta|lambda|sigma|alpha|beta|gamma))/.test(
        after,
      )
    )
  }
  if (w === 'const' || w === 'constant') return /[+∝*·]\s*$/.test(before) || (/[=-]\s*$/.test(before) && /^\s*[-+−*·×⋅]/.test(after))
  if (formulaWords.has(w) || canonicalName(w) !== undefined) return true
  if (
    differentialWord(w, known) &&
    (/(?:^|[^a-z])d\d?\/\s*$/.test(before) || /\/\s*$/.test(before)) &&
    known.names.has(w.replace(/^d\d?/, ''))
  )
    return true
  if (english.has(w.toLowerCase()) || /^(?:that|what|chat|begin|admin|climax|crossbar|sidebar|start?|restart)$/i.test(w)) return false
  if (/^[A-Za-z]+_?(hat|bar|mle|MLE|ML|max|min|star|tilde)$/.test(w))
    return splitWord(w.replace(/_?(hat|bar|mle|MLE|ML|max|min|star|tilde)$/, ''), known, 1) !== undefined
  if (differentialWord(w, known) && (/^\s*\//.test(after) || /\/\s*$/.test(before) || /^\s*\(/.test(after))) return true
  if (/^d[A-Za-z]+\d?d[A-Za-z]+\d?$/.test(w) && /\/\s*$/.test(before)) return true
  const nearOperator = /(?:[-−+*/^=([<>≤≥·×]|\b(?:log|ln))\s*$/.test(before) || /^\s*[-−+*/^=)\]<>≤≥·×]/.test(after) || /\d$/.test(before)
  if (w.length <= 3 && nearOperator) return true
  // nr(1 − p): declared letters in front of a bracket
  if (w.length <= 3 && after.startsWith('(') && [...w].every(c => known.names.has(c))) return true
  return nearOperator && splitWord(w, known, 3) !== undefined && !/^[a-z]{4,}$/.test(w)
}
