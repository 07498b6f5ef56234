/** Sentences with formulas in them: say`multiply by ${m} and …` is a Phrase. Strings and phrases are spliced in. */
import type { Term } from '../term/term.ts'
import type { Inline, Phrase } from './document.ts'

const isTerm = (v: Term | Phrase | string | Inline): v is Term => typeof v === 'object' && 'kind' in v

export const say = (texts: TemplateStringsArray, ...values: readonly (Term | Phrase | string | Inline)[]): Phrase => {
  const parts: Inline[] = []
  const push = (part: Inline): void => {
    const last = parts.at(-1)
    if (part === '') return
    if (typeof part === 'string' && typeof last === 'string') parts[parts.length - 1] = last + part
    else parts.push(part)
  }
  for (let i = 0; i < texts.length; i++) {
    push(texts[i] as string)
    const v = values[i]
    if (v === undefined) continue
    if (Array.isArray(v)) for (const p of v as Phrase) push(p)
    else if (typeof v === 'string') push(v)
    else if (isTerm(v as Term)) push({ math: v as Term })
    else push(v as Inline)
  }
  return parts
}

/** Phrases one after the other, with a separator between them. */
export const joined = (phrases: readonly Phrase[], separator: string, last = separator): Phrase =>
  phrases.flatMap((p, i): Phrase => (i === 0 ? p : [i === phrases.length - 1 ? last : separator, ...p]))
