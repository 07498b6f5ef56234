/**
 * What a caller may say about how formulas look: roles of names (for display order), abbreviations in force, index
 * letters, hats. A style never changes which term is meant. It refuses to know any model.
 */
import type { Expr } from '../term/term.ts'
import type { Switches } from './respell.ts'

export interface Style {
  /** Abbreviations in force: the name is printed for the term, wherever it occurs, also as a part of a longer sum or product. */
  readonly names?: readonly { readonly name: string; readonly term: Expr }[] | undefined
  /** Array → index letter. Default i; the next free one for nested binders; never a declared name. */
  readonly letters?: Readonly<Record<string, string>> | undefined
  /** These symbols carry a hat. */
  readonly hats?: ReadonlySet<string> | undefined
  /** Unknowns, in the order in which they are displayed. Two or more: derivatives are written with ∂. Default: Greek names. */
  readonly parameters?: readonly string[] | undefined
  /** Prints (1/n) Σ x_i as x̄ and (1/n) Σ log x_i as an overlined log x. */
  readonly means?: boolean | undefined
  /** Names of observed data, symbols and arrays. Default: every array, and the symbols x and y. */
  readonly data?: readonly string[] | undefined
  /** The symbol of the sample size, or its digits. Default n. */
  readonly size?: string | undefined
  /** In running text: simple quotients as k/n, without a bar. */
  readonly inline?: boolean | undefined
  /** Further names that no index letter may take. */
  readonly reserved?: readonly string[] | undefined
  /** How a reader wants it spelled. */
  readonly switches?: Switches | undefined
}

/** The style with every field in its place: printing reads them at every node, and reads alike objects fast. */
export const styled = (s: Style): Style => ({
  names: s.names,
  letters: s.letters,
  hats: s.hats,
  parameters: s.parameters,
  means: s.means,
  data: s.data,
  size: s.size,
  inline: s.inline,
  reserved: s.reserved,
  switches: s.switches,
})

export const plainStyle: Style = styled({})
