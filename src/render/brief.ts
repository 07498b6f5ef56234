/**
 * A derivation cut down to what a solutions manual prints: the model, the last form of the likelihood and of the
 * log-likelihood, the score, its equation and the root, one sentence on the maximum, the table of cases, the estimate and
 * its standard error. It only leaves out, but for that sentence, which says what the table of cases says.
 */
import type { Block, Chain, Derivation, Line, Phrase, Section } from '../document/document.ts'
import { joined, say } from '../document/say.ts'
import { eq, sym } from '../term/term.ts'

type Names = NonNullable<Line['names']>

/** "where S = …", the terms written out. */
const where = (names: Names): Phrase =>
  names.length === 0
    ? []
    : say`where ${joined(
        names.map(n => say`${{ math: eq(sym(n.name), n.term), plainNames: true }}`),
        ', ',
      )}`

/** The strongest thing that can be said of a step that takes in several: what was dropped stays dropped. */
const together = (a: Line['relation'], b: Line['relation']): Line['relation'] =>
  a === '∝' || b === '∝' ? '∝' : a === '+const' || b === '+const' ? '+const' : a === '⇒' || b === '⇒' ? '⇒' : b

/** The chosen lines of a chain; each says what it abbreviates in place of how it was reached. */
const keeping = (chain: Chain, keep: (line: Line, k: number) => boolean): Chain => {
  const lines: Line[] = []
  let names: Names = []
  let relation: Line['relation'] | undefined
  chain.lines.forEach((line, k) => {
    const fresh = line.names ?? []
    names = [...names.filter(n => fresh.every(m => m.name !== n.name)), ...fresh]
    relation = relation === undefined ? line.relation : together(relation, line.relation)
    if (!keep(line, k)) return
    lines.push({ ...line, relation, reason: where(names), ...(names.length > 0 ? { names } : {}) })
    names = []
    relation = undefined
  })
  return { ...chain, lines }
}

const isLast = (chain: Chain) => (_: Line, k: number) => k === chain.lines.length - 1
const lastLine = (block: Block): Block => (block.type === 'chain' ? keeping(block, isLast(block)) : block)
const ends = (block: Block): Block => (block.type === 'chain' ? keeping(block, (l, k) => k === 0 || isLast(block)(l, k)) : block)
const chains = (section: Section): readonly Block[] => section.blocks.filter(b => b.type === 'chain')
const honest = (section: Section): readonly Block[] => section.blocks.filter(b => b.type === 'obstacle')

/** Why the candidate is the maximum, for the typical sample. */
const maximum = (derivation: Derivation): readonly Block[] => {
  const [typical] = derivation.answer.cases
  if (!typical || typical.why.length === 0 || typical.attained === 'set' || typical.points) return []
  const isAlways = typical.when.kind === 'and' && typical.when.props.length === 0
  const [name, value] = Object.entries(typical.estimator ?? {})[0] ?? []
  const found: Phrase =
    typical.attained === 'none'
      ? ['no maximum exists: ']
      : name !== undefined && value
        ? say`${eq(sym(name), value)} is the global maximum: `
        : typical.attained === 'implicit'
          ? ['the root is the global maximum: ']
          : ['the global maximum is found by comparison: ']
  const sentence: Phrase = [...(isAlways ? [] : say`For ${typical.when}, `), ...found, ...typical.why, '.']
  return [{ type: 'prose', content: capital(sentence) }]
}
const capital = (p: Phrase): Phrase => {
  const [head, ...rest] = p
  return typeof head === 'string' ? [`${head.charAt(0).toUpperCase()}${head.slice(1)}`, ...rest] : p
}

/** What is left of a section; undefined if nothing is. */
const shortened = (section: Section, derivation: Derivation): readonly Block[] => {
  const argued = derivation.sections.some(s => s.id === 'second-order')
  switch (section.id) {
    case 'short':
    case 'allowed':
      return honest(section)
    case 'boundary':
      return argued ? honest(section) : section.blocks.map(lastLine)
    case 'likelihood':
    case 'log-likelihood':
      return [...chains(section).map(lastLine), ...honest(section)]
    case 'score':
      return [...(chains(section).length > 0 ? chains(section).slice(-1).map(lastLine) : section.blocks), ...honest(section)]
    case 'score-equation':
      return [...chains(section).map(ends), ...honest(section)]
    case 'second-order':
      return [...(derivation.answer.outcome === 'undecided' ? section.blocks.map(lastLine) : maximum(derivation)), ...honest(section)]
    case 'computing':
      return section.blocks.filter(b => b.type === 'display' || b.type === 'obstacle')
    case 'information': {
      const errors = section.blocks.filter(b => b.type === 'display').slice(-1)
      return errors.length > 0 ? errors : section.blocks
    }
    case 'conclusion':
      return section.blocks.filter(b => b.type !== 'remark')
    default:
      return section.blocks.map(lastLine)
  }
}

/** The derivation with its key lines only. Sections of which nothing is left are left out. */
export const briefly = (derivation: Derivation): Derivation => ({
  ...derivation,
  sections: derivation.sections.flatMap(section => {
    const blocks = shortened(section, derivation)
    return blocks.length === 0 ? [] : [{ ...section, blocks, title: section.id === 'second-order' ? 'The maximum' : section.title }]
  }),
})
