/**
 * What somebody wrote, line by line, as data: the quantities people name, the relations they claim, definitions, claims in
 * words. The reader (`reading/`) produces it and the judge consumes it; nothing here decides whether anything is true.
 *
 * Terms use the model's own vocabulary: aliases (X_i, N, σ², v) are replaced by the declared names, and names the writer
 * defined (k = Σ x_i) by what they stand for. Three things stand in terms that no model contains:
 * - a hat: the symbol `hatName('mu')` is the estimate of mu;
 * - a named quantity inside a larger term, −2ℓ(p) or ℓ(b) − ℓ(a): a term of kind `call` whose name is a key of `quantityOfCall`;
 * - a name that is never defined: the plain symbol (`Reading.undefinedNames` lists them with what each may stand for).
 */
import type { Expr, Prop } from '../term/term.ts'

/** What people name. `sample` says of which of several samples it is, where the writing tells (ℓ_x, L_2). */
export type Quantity =
  /** f(x; θ), log f: `observation` is what stands for the observation, x or x_i (an `at` with a symbol as index). */
  | { readonly kind: 'density' | 'log-density'; readonly observation: Expr; readonly sample?: string }
  /** F(x; θ), and 1 − F */
  | { readonly kind: 'distribution-function' | 'survival-function'; readonly observation: Expr; readonly sample?: string }
  /** `nll` = −ℓ, `average-` = divided by n, `relative-likelihood` = L/L(θ̂) */
  | {
      readonly kind: 'likelihood' | 'log-likelihood' | 'average-log-likelihood' | 'nll' | 'average-nll' | 'relative-likelihood'
      readonly sample?: string
    }
  /** ∂^k of a quantity; `by` has one entry for each differentiation: a parameter's symbol, or a term in parameters (d/dσ² when σ is declared). */
  | { readonly kind: 'derivative'; readonly of: Quantity; readonly by: readonly Expr[] }
  /** The column of first derivatives and the matrix of second ones, parameters in the order of declaration. */
  | { readonly kind: 'gradient' | 'hessian'; readonly of: Quantity }
  /** `perObservation`: I_1(θ), the information in one observation. */
  | { readonly kind: 'observed-information' | 'fisher-information'; readonly perObservation?: boolean; readonly by?: readonly Expr[] }
  /** \hat\theta, θ*, p_hat, \theta_{MLE}; `index`: of a vector, the component. */
  | { readonly kind: 'estimator'; readonly parameter: string; readonly index?: Expr }
  /** The estimate of a function of the parameters, by invariance: \widehat{e^{-λ}}. */
  | { readonly kind: 'estimator-of'; readonly term: Expr }
  /** se(θ̂), Var(θ̂), bias; E(θ̂) is the expectation of a hat, a plain term. */
  | { readonly kind: 'standard-error' | 'variance' | 'bias'; readonly of: Expr }
  /** ℓ with the other parameters replaced by their maximisers. */
  | { readonly kind: 'profile-log-likelihood' | 'profile-likelihood' }

/** `at`: arguments that are not the parameter itself, by parameter: ℓ''(θ̂) has { theta: hat of theta }. */
export type Side =
  | { readonly kind: 'quantity'; readonly quantity: Quantity; readonly at?: Readonly<Record<string, Expr>> }
  | { readonly kind: 'term'; readonly term: Expr }
  /** `argmax_θ L(θ)`: over the parameters named. */
  | { readonly kind: 'argmax' | 'max'; readonly of: Side; readonly over: readonly string[] }
  | { readonly kind: 'matrix'; readonly entries: readonly (readonly Expr[])[]; readonly factor?: Expr }

/** '+const' is "= … + const"; '≡' and ':=' are read as '='. */
export type Relation = '=' | '∝' | '+const' | '<' | '<=' | '>' | '>=' | '!=' | '≈'

/** How a statement is joined to what stands before it, in signs or words; absent: it just follows. */
export type Link = '⇒' | '⇔' | 'or' | 'and'

/** In a chain a = b = c, over one line or several: the statements are a = b, then a = c with previous b. */
export interface ChainPlace {
  /** Number of the chain in the document, and the position in it (0 is the first right side). */
  readonly chain: number
  readonly position: number
  /** The term before the relation sign, as it stands there. Equal to `left` at position 0. */
  readonly previous: Side
}

export type Claim =
  | 'negative' // of the quantity in `about`: "ℓ'' is negative", "< 0"
  | 'positive'
  | 'zero'
  | 'concave'
  | 'convex'
  | 'increasing'
  | 'decreasing'
  | 'maximum' // "so it is a (local) maximum"
  | 'global-maximum'
  | 'minimum'
  | 'unique' // "the only solution"
  | 'sign-change' // "the derivative changes sign from + to −"
  | 'boundary' // "the maximum is at the end / at the largest observation"
  | 'no-solution' // "has no solution / no stationary point"
  | 'no-maximum' // "no MLE exists"
  | 'unbiased'
  | 'biased'
  | 'consistent'
  | 'normalised' // "L integrates to 1 / is a density of θ"
  | 'defined' // "only defined for …", "is positive only if …"

export type What =
  | {
      readonly kind: 'relation'
      readonly left: Side
      readonly relation: Relation
      readonly right: Side
      /** "for θ ≥ x_(n)", "if x̄ > 0". */
      readonly condition?: Prop
      readonly place?: ChainPlace
      /** \overset{!}{=}, "set equal to zero": an equation to be solved, no identity. */
      readonly imposed?: true
    }
  /** A condition standing alone that is no equation between values: θ ∈ [a, b], 0 < p < 1, x_i ≤ θ for all i. */
  | { readonly kind: 'condition'; readonly condition: Prop }
  /** k = Σ x_i. The name is already replaced wherever it is used. `forward`: given after its first use. */
  | { readonly kind: 'definition'; readonly name: string; readonly term: Expr; readonly forward?: true }
  | {
      readonly kind: 'claim'
      readonly claim: Claim
      /** What it is about; absent: what the lines before speak of. */
      readonly about?: Side
      readonly condition?: Prop
      /** "for all θ", "at the root", "at θ̂"; 'in part': for some parameters, which the words say ("where the quotient exceeds 1") */
      readonly where?: 'everywhere' | 'at the root' | 'in part'
      /** Names of parameters mentioned ("in θ"). */
      readonly in?: readonly string[]
      readonly negated?: true
      /** Said directly of the formula in front: "… is concave". */
      readonly direct?: true
    }
  /** Words only, or a formula that is merely mentioned. */
  /** `condition`: which samples, or where, is being spoken of. */
  | { readonly kind: 'prose'; readonly mentions?: readonly Expr[]; readonly condition?: Prop }
  | { readonly kind: 'unreadable'; readonly message: string; readonly expected?: string; readonly suggestion?: string }

export interface Statement {
  /** The words and signs it was read from. */
  readonly source: string
  /** Line of the input, and column of the first character in that line, both from 1; for `unreadable` the place of the caret. */
  readonly line: number
  readonly column: number
  /** Length of the stretch of text (of the caret for `unreadable`). */
  readonly length: number
  readonly link?: Link
  readonly what: What
  /** The sentence it stands in, formulas as ⟨⟩; absent if there are no words. */
  readonly sentence?: string
  /** A formula set off from the words, or alone on its line. */
  readonly display?: true
  /** Words in front of it that say what it is: "the log-likelihood is", "setting the derivative to zero", lower case. */
  readonly said?: string
  /** Why it may be mentioned only and not claimed: what is not true of the model is then left undecided. */
  readonly doubt?: string
  /**
   * Other readings of the same signs, likeliest first, where usage differs (1/2σ², Σ x_i − μ, log 2x, undefined names):
   * a statement is wrong only if all its readings are. Computed on demand.
   */
  readonly others?: () => readonly What[]
}

export interface Line {
  /** From 1, in the input. */
  readonly line: number
  readonly source: string
  /** In order of writing; empty for blank lines, markup and comments. */
  readonly statements: readonly Statement[]
}

export interface Definition {
  readonly name: string
  readonly term: Expr
  readonly line: number
}

export interface Reading {
  readonly lines: readonly Line[]
  readonly definitions: readonly Definition[]
  /** Names without a definition that stand in terms as symbols, with statistics they may stand for, likeliest first. */
  readonly undefinedNames: readonly { readonly name: string; readonly candidates: readonly Expr[] }[]
  /** What was renamed, for messages: writer's name → declared name. */
  readonly aliases: Readonly<Record<string, string>>
  /** How many tokens the grammar was given, definitions and other readings included. */
  readonly work: number
  /** The fuel ran out: lines after this one were not read. */
  readonly stoppedAt?: number
}

const hat = '\u0302'
/** The symbol that stands for the estimate of a parameter. */
export const hatName = (parameter: string): string => `${parameter}${hat}`
/** The parameter whose estimate the symbol is, or undefined if it is no hat. */
export const unhatted = (symbol: string): string | undefined => (symbol.endsWith(hat) ? symbol.slice(0, -1) : undefined)

/**
 * Named quantities inside larger terms: `call(name, args, prime)` where args are the parameters in the order of the
 * model (or what stands in their place), and primes count derivatives. A derivative written otherwise is a `deriv` around the call.
 */
export const quantityOfCall: ReadonlyMap<string, Quantity['kind']> = new Map<string, Quantity['kind']>([
  ['L', 'likelihood'],
  ['ell', 'log-likelihood'],
  ['nll', 'nll'],
  ['avg-ell', 'average-log-likelihood'],
  ['avg-nll', 'average-nll'],
  ['rel-L', 'relative-likelihood'],
  ['profile-ell', 'profile-log-likelihood'],
  ['profile-L', 'profile-likelihood'],
  /** args: the observation, then the parameters. */
  ['f', 'density'],
  ['F', 'distribution-function'],
  ['survival', 'survival-function'],
  ['observed-information', 'observed-information'],
  ['fisher-information', 'fisher-information'],
  ['fisher-information-1', 'fisher-information'],
  ['se', 'standard-error'],
  ['var', 'variance'],
  ['bias', 'bias'],
])

/** Stands for P(A) where A is no value of an observation. */
export const anEvent = 'Pr_0'
