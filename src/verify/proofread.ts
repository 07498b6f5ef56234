/**
 * Proof-reading our own output: every line is replayed from its rules and sampled at random admissible settings, every
 * chain's start is held against its origin. Fills the certificate and corrects nothing; an undecided derivation is cut before the
 * lines that no numbers confirm.
 */
import type { Block, Certificate, Chain, Derivation } from '../document/document.ts'
import { modelContext } from '../model/model.ts'
import type { Term } from '../term/term.ts'
import { inconclusive, isProp, nowhere, sampleLine } from './line-sampling.ts'
import { checkExpectations, checkOrigin } from './origins.ts'
import { replayLine } from './replay.ts'
import { beyondSamples, chainContext, contextKey, settingsFor } from './settings.ts'
import { cutAtUnconfirmed } from './unconfirmed.ts'

const chainsIn = (blocks: readonly Block[]): readonly Chain[] =>
  blocks.flatMap(b => (b.type === 'chain' ? [b] : b.type === 'list' ? b.items.flatMap(i => chainsIn(i.blocks)) : []))

/** Every chain of a derivation, in reading order, those in lists included. */
export const chainsOf = (derivation: Derivation): readonly Chain[] => derivation.sections.flatMap(s => chainsIn(s.blocks))

/** The last term of every line by its id. */
export const endsOf = (chains: readonly Chain[]): ReadonlyMap<string, Term> =>
  new Map(chains.flatMap(c => c.lines.map(l => [l.id, l.term] as const)))

/**
 * The derivation with its certificate filled: `replayed` and `sampled` count lines that passed, `unverified` names the
 * others with the reason. Deterministic: draws are seeded by the model's text. A certificate of an earlier maximisation is kept.
 * @param settings random settings for each case that a chain is in; 3 unless told
 */
export const proofread = (derivation: Derivation, { settings: count = 3 }: { readonly settings?: number } = {}): Derivation => {
  const { model } = derivation
  const chains = chainsOf(derivation)
  const ends = endsOf(chains)
  const base = modelContext(model)
  const settings = settingsFor(model, count)
  const unverified: { line: string; reason: string }[] = []
  let [lines, replayed, sampled] = [0, 0, 0]
  chains.forEach((chain, k) => {
    const cx = chainContext(base, chain)
    const points = settings.of(cx, contextKey(chain))
    const name = chain.lines[0]?.id ?? `chain ${k + 1}`
    const astray = checkOrigin(chain, id => ends.get(id), model, cx, points, settings) ?? checkExpectations(chain, points, model)
    if (astray) unverified.push({ line: name, reason: `start: ${astray}` })
    let previous = chain.start
    for (const line of chain.lines) {
      lines++
      const failure = replayLine(previous, line, cx)
      if (failure) unverified.push({ line: line.id, reason: `replay: ${failure}` })
      else replayed++
      // a line that repeats the start has nothing to sample: the start was held against its origin
      let difference = line.term === previous && line.steps.length === 0 ? astray : sampleLine(previous, line, points, cx, model)
      if (difference === inconclusive && isProp(line.term))
        difference = sampleLine(previous, line, settings.more(cx, contextKey(chain), chain.start), cx, model)
      // a case that no sample is in: the line is about data that cannot occur, and is tried on others
      if (difference === inconclusive || difference === nowhere) {
        const there = settings.beyond(cx, contextKey(chain))
        if (there.length > 0 && sampleLine(previous, line, there, beyondSamples(model, cx), model) === undefined) difference = undefined
      }
      if (difference) unverified.push({ line: line.id, reason: `sampling: ${difference}` })
      else sampled++
      previous = line.term
    }
  })
  const certificate: Certificate = {
    lines,
    replayed,
    sampled,
    draws: settings.drawn(),
    seed: settings.seed,
    maximum: derivation.certificate?.maximum ?? 'not run',
    unverified,
  }
  const read = { ...derivation, certificate }
  const cut = cutAtUnconfirmed(read)
  return cut ? proofread(cut, { settings: count }) : read
}

/** Whether a certificate vouches for every line, and no maximisation contradicts the answer. */
export const isComplete = (c: Certificate | null): boolean =>
  c !== null && c.unverified.length === 0 && c.replayed === c.lines && c.sampled === c.lines && c.maximum !== 'differs'
