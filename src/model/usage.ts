/**
 * Whether what is declared fits how it is used: unknown functions and their arguments, data without parameters in
 * their domains, parameters that occur somewhere. Reads nothing but the declarations of functions.
 */
import { didYouMean } from '../read/error.ts'
import type { Expr, Prop } from '../term/term.ts'
import { some } from '../term/walk.ts'
import { complaint, type Locate } from './complaints.ts'
import type { Declaration, Declarations } from './declarations.ts'
import { namesIn } from './domains.ts'
import type { Known, Parameter, Sample, UnknownFunction } from './model.ts'
import type { ModelSource, SourcePath } from './model-source.ts'
import { quoted } from './names.ts'

/** A source being read: where its values stand, and the names it declares. */
export interface Reading {
  readonly source: ModelSource
  readonly locate: Locate
  readonly declared: Declarations
}

/** `mu(x, w)`: a name and its arguments, which are placeholders. */
export const readFunction = (r: Reading, d: Declaration): UnknownFunction => {
  const m = /^\s*[^(]+\(([^()]*)\)\s*$/.exec(d.text ?? '')
  const names = (m?.[1] ?? '').split(',').map(s => s.trim())
  if (!m || names.some(name => name === ''))
    throw complaint(
      r.locate,
      d.path,
      'value',
      d.text ?? '',
      `${quoted(d.name)} has no arguments`,
      `the function with its arguments, as in ${d.name}(x, w)`,
    )
  return { name: d.name, arity: names.length }
}

/** Every use of an unknown function has as many arguments as its declaration. */
export const requireArity = (
  r: Reading,
  functions: readonly UnknownFunction[],
  samples: readonly Sample[],
  likelihood: Expr | undefined,
): void => {
  if (functions.length === 0) return
  const places: readonly (readonly [Expr, SourcePath, string])[] = [
    ...samples.map((s, k): readonly [Expr, SourcePath, string] => {
      const block = r.declared.samples[k]
      return [s.density, [...(block?.path ?? []), s.contribution ? 'contribution' : 'density'], s.densityText]
    }),
    ...(likelihood ? [[likelihood, ['likelihood'], r.source.likelihood ?? ''] as const] : []),
  ]
  for (const [term, path, text] of places)
    some(term, u => {
      const f = u.kind === 'call' ? functions.find(g => g.name === u.name) : undefined
      if (f && u.kind === 'call' && u.args.length !== f.arity)
        throw complaint(r.locate, path, 'value', text, `${f.name} has ${u.args.length} arguments here and ${f.arity} where it is declared`)
      return false
    })
}

/** What a likelihood given directly says of its data must stand in it: no indicator is added to it. */
export const refuseMovingData = (r: Reading, data: readonly Known[], parameters: readonly Parameter[]): void => {
  for (const k of data) {
    const moving = parameters.find(p => namesIn(k.domain).has(p.name) || (k.value && namesIn(k.value).has(p.name)))
    const d = r.declared.all.find(x => x.name === k.name)
    if (moving && d)
      throw complaint(
        r.locate,
        d.path,
        'value',
        d.text ?? '',
        `${quoted(k.name)} is data, and this mentions the parameter ${quoted(moving.name)}`,
        `a domain without parameters; where the likelihood is 0 is said in the likelihood, by a factor such as indicator(${k.length ? `max(${k.name}[i], i, 1, n)` : k.name} <= ${moving.name})`,
      )
  }
}

/** A parameter that neither density nor support contains cannot be estimated: most likely a slip. */
export const requireUse = (
  r: Reading,
  parameters: readonly Parameter[],
  samples: readonly Sample[],
  likelihood: Expr | undefined,
  constraints: readonly Prop[],
): void => {
  const used = new Set<string>()
  const use = (names: ReadonlySet<string>): void => {
    for (const n of names) used.add(n)
  }
  for (const s of samples) {
    use(namesIn(s.density))
    for (const v of s.variables) use(namesIn(v.support))
  }
  if (likelihood) use(namesIn(likelihood))
  for (const c of constraints) use(namesIn(c))
  for (const p of parameters) {
    if (used.has(p.name)) continue
    const d = r.declared.all.find(x => x.name === p.name)
    throw complaint(
      r.locate,
      d?.path ?? [],
      'key',
      p.name,
      `the parameter ${quoted(p.name)} occurs neither in the density nor in the support${didYouMean(p.name, used)}`,
      'a parameter that the density depends on',
    )
  }
}
