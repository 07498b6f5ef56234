/** Standard errors from the inverse of the observed information at the estimate: a small dense matrix of numbers. */

/** The inverse of a small matrix by Gauss–Jordan elimination with pivoting; undefined if it is singular. */
export const inverse = (matrix: readonly (readonly number[])[]): readonly (readonly number[])[] | undefined => {
  const n = matrix.length
  const a = matrix.map((row, i) => [...row, ...row.map((_, j) => (i === j ? 1 : 0))])
  for (let k = 0; k < n; k++) {
    let p = k
    for (let i = k + 1; i < n; i++) if (Math.abs(a[i]?.[k] as number) > Math.abs(a[p]?.[k] as number)) p = i
    const pivot = a[p] as number[]
    const head = pivot[k] as number
    if (!(Math.abs(head) > 0) || !Number.isFinite(head)) return undefined
    a[p] = a[k] as number[]
    a[k] = pivot.map(v => v / head)
    for (let i = 0; i < n; i++) {
      if (i === k) continue
      const row = a[i] as number[]
      const factor = row[k] as number
      a[i] = row.map((v, j) => v - factor * ((a[k] as number[])[j] as number))
    }
  }
  return a.map(row => row.slice(n))
}

/** Roots of the diagonal of J⁻¹, or undefined where J is not positive definite. */
export const standardErrorsFrom = (information: readonly (readonly number[])[]): readonly number[] | undefined => {
  if (!isPositiveDefinite(information)) return undefined
  const variances = inverse(information)?.map((row, i) => row[i] as number)
  return variances?.every(v => v > 0 && Number.isFinite(v)) ? variances.map(Math.sqrt) : undefined
}

/** By Cholesky's decomposition. */
const isPositiveDefinite = (m: readonly (readonly number[])[]): boolean => {
  const l: number[][] = []
  for (let i = 0; i < m.length; i++) {
    const row: number[] = []
    for (let j = 0; j <= i; j++) {
      let s = (m[i] as readonly number[])[j] as number
      for (let k = 0; k < j; k++) s -= (row[k] as number) * ((j === i ? row : (l[j] as number[]))[k] as number)
      if (j < i) row.push(s / ((l[j] as number[])[j] as number))
      else if (!(s > 0)) return false
      else row.push(Math.sqrt(s))
    }
    l.push(row)
  }
  return true
}
