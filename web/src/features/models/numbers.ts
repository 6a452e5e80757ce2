/** Values as the API writes them: what is no number is null. */
export const numbers = (values: readonly unknown[]): readonly (number | null)[] =>
  values.map((value) => (typeof value === 'number' ? value : null))
