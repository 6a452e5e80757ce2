import { referencesOf, tablesOf } from './dbml'

// Both are made from schemas/ and stand in the repository once: the build takes them from there.
const images = import.meta.glob<string>('../../../../docs/images/schemas/retail-*.svg', { eager: true, query: '?url', import: 'default' })
const schemas = import.meta.glob<string>('../../../../schemas/retail/*.dbml', { eager: true, query: '?raw', import: 'default' })

const names = ['warehouse', 'auth', 'catalog', 'orders', 'payments'] as const

export type DiagramName = (typeof names)[number]

export interface Diagram {
  readonly name: DiagramName
  /** Where its image is. */
  readonly image: string
  readonly tables: readonly string[]
  readonly references: readonly string[]
}

const ending = (files: Readonly<Record<string, string>>, end: string) =>
  Object.entries(files).find(([path]) => path.endsWith(end))?.[1] ?? ''

export const diagrams: readonly Diagram[] = names.map((name) => {
  const dbml = ending(schemas, `/${name}.dbml`)
  return { name, image: ending(images, `/retail-${name}.svg`), tables: tablesOf(dbml), references: referencesOf(dbml) }
})
