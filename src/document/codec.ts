/**
 * Descriptions of JSON shapes that write a value and read it back with validation. A message names the place in the
 * document ("derivation.sections[2].title"), what was expected and what stands there. Knows no mathematics.
 */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json }

/** Turns "expected …" into the error of whoever reads; never returns. */
export type Complain = (message: string) => never

/** Where in the document the reader is, how deep, and how to complain. */
export interface Place {
  readonly path: string
  readonly depth: number
  readonly complain: Complain
}

export interface Codec<T> {
  readonly write: (value: T) => Json
  readonly read: (json: unknown, place: Place) => T
  readonly optional?: true
}

/** Deeper documents are refused before the stack is. */
const maximalDepth = 1200

export const inside = (place: Place, step: string | number): Place => {
  if (place.depth >= maximalDepth) return place.complain(`the document is nested more than ${maximalDepth} levels deep`)
  return { ...place, path: place.path + (typeof step === 'number' ? `[${step}]` : `.${step}`), depth: place.depth + 1 }
}

const shown = (json: unknown): string => {
  if (json === undefined) return 'nothing'
  const text =
    typeof json === 'object' && json !== null ? (Array.isArray(json) ? 'an array' : 'an object') : (JSON.stringify(json) ?? typeof json)
  return text.length > 40 ? `${text.slice(0, 39)}…` : text
}

export const expected = (place: Place, what: string, json: unknown): never =>
  place.complain(`${place.path}: expected ${what}, found ${shown(json)}`)

export const isObject = (json: unknown): json is Readonly<Record<string, unknown>> =>
  typeof json === 'object' && json !== null && !Array.isArray(json)

const primitive = <T extends Json>(what: string, test: (json: unknown) => json is T): Codec<T> => ({
  write: v => v,
  read: (json, place) => (test(json) ? json : expected(place, what, json)),
})
export const text: Codec<string> = primitive('a text', (j): j is string => typeof j === 'string')
export const flag: Codec<boolean> = primitive('true or false', (j): j is boolean => typeof j === 'boolean')
export const integer: Codec<number> = primitive('an integer', (j): j is number => Number.isSafeInteger(j))

/** One of the given texts, numbers or truth values. */
export const oneOf = <T extends string | number | boolean>(...values: readonly T[]): Codec<T> =>
  primitive(values.map(v => JSON.stringify(v)).join(' or '), (j): j is T => values.includes(j as T))

export const list = <T>(item: Codec<T>): Codec<readonly T[]> => ({
  write: v => v.map(item.write),
  read: (json, place) => (Array.isArray(json) ? json.map((j, i) => item.read(j, inside(place, i))) : expected(place, 'an array', json)),
})

/** Keys chosen by the author of a model: parameters, functions. */
export const record = <T>(item: Codec<T>): Codec<Readonly<Record<string, T>>> => ({
  write: v => Object.fromEntries(Object.entries(v).map(([k, x]) => [k, item.write(x)])),
  read: (json, place) =>
    isObject(json)
      ? Object.fromEntries(Object.entries(json).map(([k, x]) => [k, item.read(x, inside(place, k))]))
      : expected(place, 'an object', json),
})

export const nullable = <T>(item: Codec<T>): Codec<T | null> => ({
  write: v => (v === null ? null : item.write(v)),
  read: (json, place) => (json === null ? null : item.read(json, place)),
})

export const pair = <A, B>(first: Codec<A>, second: Codec<B>): Codec<readonly [A, B]> => ({
  write: v => [first.write(v[0]), second.write(v[1])],
  read: (json, place) =>
    Array.isArray(json) && json.length === 2
      ? [first.read(json[0], inside(place, 0)), second.read(json[1], inside(place, 1))]
      : expected(place, 'a pair', json),
})

export const optional = <T>(item: Codec<T>): Codec<T> & { readonly optional: true } => ({ ...item, optional: true })

/** For shapes that contain themselves. */
export const lazy = <T>(make: () => Codec<T>): Codec<T> => ({
  write: v => make().write(v),
  read: (json, place) => make().read(json, place),
})

type Fields<T> = {
  readonly [K in keyof T]-?: object extends Pick<T, K> ? Codec<NonNullable<T[K]>> & { readonly optional: true } : Codec<T[K]>
}

/** An object with the given keys; further keys are ignored, so that later versions may add some. */
export const object = <T extends object>(fields: Fields<T>): Codec<T> => {
  const entries = Object.entries(fields) as unknown as readonly (readonly [keyof T & string, Codec<unknown>])[]
  return {
    write: v => {
      const out: Record<string, Json> = {}
      for (const [key, field] of entries) if (v[key] !== undefined) out[key] = field.write(v[key])
      return out
    },
    read: (json, place) => {
      if (!isObject(json)) return expected(place, 'an object', json)
      const out: Partial<Record<string, unknown>> = {}
      for (const [key, field] of entries) {
        const here = Object.hasOwn(json, key) ? json[key] : undefined
        if (here !== undefined || !field.optional) out[key] = field.read(here, inside(place, key))
      }
      return out as T
    },
  }
}

/** A union told apart by the text under `tag`; `shapes` gives the codec of each alternative. */
export const tagged = <T extends object>(tag: keyof T & string, shapes: Readonly<Record<string, Codec<T>>>): Codec<T> => ({
  write: v => (shapes[String(v[tag])] as Codec<T>).write(v),
  read: (json, place) => {
    if (!isObject(json)) return expected(place, 'an object', json)
    const name = json[tag]
    const shape = typeof name === 'string' && Object.hasOwn(shapes, name) ? shapes[name] : undefined
    return shape
      ? shape.read(json, place)
      : expected(
          inside(place, tag),
          Object.keys(shapes)
            .map(k => JSON.stringify(k))
            .join(' or '),
          name,
        )
  },
})
