/** How problems with worked answers are written down: a model, its samples, and what each sample gives. */
import type { Sample as Answered } from './mechanisms.ts'

export interface Sample extends Omit<Answered, 'status'> {
  readonly status?: Answered['status']
}
export interface Posed {
  readonly title: string
  readonly model: Readonly<Record<string, unknown>>
  readonly samples: readonly Sample[]
}
type Data = Sample['data']
export const max = (data: Data, value?: number): Sample => ({ data, status: 'maximum', ...(value === undefined ? {} : { value }) })
export const edge = (data: Data, value: number): Sample => ({ data, status: 'boundary', value })
export const tie = (data: Data, ...points: readonly number[]): Sample => ({ data, status: 'nonunique', points })
export const between = (data: Data, lo: number, hi: number): Sample => ({ data, status: 'nonunique', set: [lo, hi] })
export const none = (data: Data, value?: Sample['value']): Sample => ({ data, status: 'none', ...(value === undefined ? {} : { value }) })
export const any = (data: Data): Sample => ({ data })
export const x = (...list: readonly number[]): Data => ({ x: list })
type Map = Readonly<Record<string, unknown>>
export const lik = (likelihood: string, data: Map, name: string, dom: string, more: Map = {}): Map => ({
  likelihood,
  data,
  parameters: { [name]: dom },
  ...more,
})
export const den = (density: string, support: string, name: string, dom: string, more: Map = {}): Map => ({
  density,
  support,
  parameters: { [name]: dom },
  ...more,
})
