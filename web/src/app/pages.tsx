import { type ComponentType, lazy, useState } from 'react'
import { matchPath } from 'react-router'
import type { Me } from '@/shared/api/schema'
import { basePath } from '@/shared/api/url'
import type { Feature } from '@/shared/feature'
import { fetchTexts } from '@/shared/i18n'
import * as all from './features'
import { overviewOf } from './overview'

const features: readonly Feature[] = Object.values(all)
const overview = overviewOf(features)

/** What the features offer to one another. */
export const offers = features.flatMap((feature) => feature.jobs ?? [])

/** What the navigation shows to a role, in order. */
export const navigationFor = (role: Me['role'], of: readonly Feature[] = [overview, ...features]) =>
  of
    .filter(({ navigation }) => navigation && (navigation.roles?.includes(role) ?? true))
    .sort((a, b) => (a.navigation?.rank ?? 0) - (b.navigation?.rank ?? 0))

export const pages = [overview, ...features].flatMap(({ path, texts, pages: own }) =>
  Object.entries(own).map(([below, load]) => ({ path: [path, below].filter(Boolean).join('/'), ...deferred(load, texts) })),
)

/** Fetches the page of an address before it is shown. */
export const fetchPage = async (address: string) =>
  pages.find(({ path }) => matchPath(`/${path}`, address.slice(basePath().length)))?.fetch()

/** A page that is fetched, with its texts, when it is first shown or before. */
function deferred(load: Feature['pages'][string], texts: Feature['texts']) {
  let fetched: Promise<{ default: ComponentType }> | undefined
  let here: ComponentType | undefined
  const fetch = () =>
    (fetched ??= Promise.all([load(), fetchTexts(texts)]).then(
      ([page]) => {
        here = page.default
        return page
      },
      (error: unknown) => {
        fetched = undefined // the next who wants it tries again
        throw error
      },
    ))
  const Lazy = lazy(fetch)
  function Page() {
    // One that is here already is shown at once; React would show a skeleton for a third of a second.
    const [Shown] = useState(() => here ?? Lazy)
    return <Shown />
  }
  return { fetch, Page }
}
