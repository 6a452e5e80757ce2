/** The tables that a schema in DBML declares, in its order. */
export const tablesOf = (dbml: string): string[] => [...dbml.matchAll(/^Table (\w+) \{/gm)].map((match) => match[1]!)

/** Its references, such as "users.role_id → roles.id". */
export const referencesOf = (dbml: string): string[] =>
  [...dbml.matchAll(/^Ref[^:]*: (\S+) > (\S+)/gm)].map((match) => `${match[1]} → ${match[2]}`)
