import { expect, test } from 'vitest'
import { diagrams } from './diagrams'
import { referencesOf, tablesOf } from './dbml'

test('tables and references are read as they are declared', () => {
  const dbml =
    "Project shop {\n}\n\nTable roles {\n  id bigint [pk]\n}\n\nTable users {\n  Note: 'Table of users'\n}\n\nRef fk_users_role: users.role_id > roles.id\n"

  expect(tablesOf(dbml)).toEqual(['roles', 'users'])
  expect(referencesOf(dbml)).toEqual(['users.role_id → roles.id'])
})

test('there is a diagram for each schema, and each schema has tables', () => {
  expect(diagrams.map((diagram) => diagram.name)).toEqual(['warehouse', 'auth', 'catalog', 'orders', 'payments'])
  expect(diagrams.filter((diagram) => diagram.tables.length === 0 || !diagram.image)).toEqual([])
  expect(diagrams[0]!.tables).toContain('fact_sales')
})
