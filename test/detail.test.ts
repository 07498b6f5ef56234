/** Levels of detail and switches of notation: in every format, for every built-in model, and readable by the checker. */
import { describe, expect, it } from 'vitest'
import { check, derive, parseModel, type RenderOptions, render } from '../src/index.ts'
import { builtInModel, builtInNames } from '../src/model/built-in.ts'
import { renderHtml } from '../src/render/html.ts'

const formats = ['latex', 'markdown', 'text'] as const
const switched: RenderOptions = { notation: { logarithm: 'ln', limits: false, means: 'sum', index: 'j' } }

describe('levels of detail', () => {
  it.each(builtInNames)('%s: brief is shorter, full is longer, and both are valid', id => {
    const d = derive(builtInModel(id))
    for (const f of formats) {
      const [brief, textbook, full] = (['brief', 'textbook', 'full'] as const).map(detail => render(d, f, { detail }).length)
      expect(brief).toBeLessThan(textbook as number)
      expect(full).toBeGreaterThanOrEqual(textbook as number)
      expect(render(d, f)).toBe(render(d, f, { detail: 'textbook' }))
    }
    expect(renderHtml(d, { detail: 'brief', ...switched })).not.toContain('class="source"')
    expect(renderHtml(d, { detail: 'full', ...switched })).not.toContain('class="source"')
  })

  it('brief keeps the model, the key lines, every case and the standard error', () => {
    const text = render(derive(builtInModel('normal-variance')), 'text', { detail: 'brief' })
    expect(text).toContain('ℓ(v) = −(n/2) log(2π v) − S/(2v)')
    expect(text).toContain('where S = ∑ᵢ₌₁ⁿ (xᵢ − μ)²')
    expect(text).toContain('v = S/n is the global maximum')
    expect(text).toContain('S = 0')
    expect(text).toContain('se(v̂)')
    expect(text).not.toContain('independence')
  })

  it('an undecided derivation keeps its obstacle', () => {
    const d = derive(parseModel({ density: 'a*b*x^(a-1)*(1-x^a)^(b-1)', support: '0 < x < 1', parameters: { a: 'a > 0', b: 'b > 0' } }))
    if (d.answer.outcome === 'undecided') expect(render(d, 'text', { detail: 'brief' })).toContain('stops here')
  })
})

describe('switches of notation', () => {
  const text = (id: string, notation: NonNullable<RenderOptions['notation']>): string =>
    render(derive(builtInModel(id)), 'text', { notation })

  it('ln, sums without limits, means as sums, other letters', () => {
    const d = text('lognormal-mean', { logarithm: 'ln', limits: false, means: 'sum', index: 'j', size: 'm' })
    expect(d).toContain('μ̂ = (1/m) ∑ ln xⱼ')
    expect(d).toContain('x₁, …, xₘ')
    expect(d).not.toMatch(/log[ (]x|log\(|∑ᵢ|xᵢ|n ≥/)
  })
  it('order statistics and "for every" take the letters too', () => {
    const d = text('uniform', { index: 'j', size: 'm' })
    expect(d).toContain('x₍ₘ₎')
    expect(d).toContain('for every j = 1, …, m')
  })
  it('a letter that has a meaning is refused', () => {
    expect(() => text('normal-variance', { index: 'v' })).toThrow(RangeError)
    expect(() => text('normal-variance', { size: 'S' })).toThrow(RangeError)
    expect(() => text('normal-variance', { size: 'i' })).toThrow(RangeError)
    expect(() => text('normal-variance', { index: '\\input' })).toThrow(RangeError)
  })
  it('without a switch nothing changes', () => {
    expect(text('poisson', {})).toBe(render(derive(builtInModel('poisson')), 'text'))
  })

  it.each(['poisson', 'normal-variance', 'power', 'exponential-rate'])('%s: the checker reads what is written', id => {
    const model = builtInModel(id)
    const d = derive(model)
    for (const f of formats)
      for (const detail of ['brief', 'textbook', 'full'] as const) {
        const report = check(model, render(d, f, { fragment: true, detail, ...switched }))
        expect(
          report.lines.filter(l => l.status === 'wrong' || l.status === 'unreadable').map(l => l.source),
          `${f} ${detail}`,
        ).toEqual([])
        expect(report.verdict).toBe('correct')
      }
  })
})
