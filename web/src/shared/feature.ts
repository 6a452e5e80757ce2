import type { LucideIcon } from 'lucide-react'
import { type ComponentType, createContext, useContext } from 'react'
import type { Me } from './api/schema'
import type { TextFiles, Word } from './i18n'

/** What a folder of features/ tells the frame of the page about itself: its manifest. */
export interface Feature {
  /** The first part of its addresses, which is the name of its folder. */
  readonly path: string
  readonly name: Word
  readonly icon: LucideIcon
  readonly texts: TextFiles
  /** Where it stands in the navigation, if it does, and for whom: everyone, unless roles are given. */
  readonly navigation?: { readonly rank: number; readonly roles?: readonly Me['role'][] }
  /** Its pages, by what follows its path in the address. */
  readonly pages: Readonly<Record<string, () => Promise<{ readonly default: ComponentType }>>>
  /** What it shows on the overview. */
  readonly tiles?: () => Promise<{ readonly tiles: readonly Tile[] }>
  /** Jobs of its domain that other features offer. */
  readonly jobs?: OfferedJobs
}

export interface Tile {
  readonly place: 'actions' | 'figures' | 'main' | 'side'
  /** Tiles of a place stand in this order. */
  readonly rank: number
  readonly Tile: ComponentType
}

export interface OfferedJobs {
  /** The one that a form begins with. */
  readonly usual?: string
  /** One that trains models, and what it trains them on. */
  readonly training?: { readonly job: string; readonly note: Word }
}

/** The jobs that the features offer to one another. */
export const Offers = createContext<readonly OfferedJobs[]>([])

export function useOffers() {
  const offers = useContext(Offers)
  return {
    usual: offers.find((offer) => offer.usual)?.usual ?? '',
    trainings: offers.flatMap((offer) => offer.training ?? []),
  }
}
