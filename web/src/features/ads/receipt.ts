/** What an erasure did, as the result of its run says. */
export interface Receipt {
  readonly user: string
  readonly erased_at: string
  readonly places: readonly { readonly place: string; readonly rows: number }[]
  readonly models_to_retrain: readonly string[]
  readonly out_of_reach: readonly string[]
}

/** The receipt in the result of a run; null where it has none, as a run has none that goes on or failed. */
export function receiptOf(result: unknown): Receipt | null {
  const found = result as Partial<Receipt> | null | undefined
  return typeof found?.user === 'string' && typeof found.erased_at === 'string' && Array.isArray(found.places)
    ? {
        user: found.user,
        erased_at: found.erased_at,
        places: found.places,
        models_to_retrain: found.models_to_retrain ?? [],
        out_of_reach: found.out_of_reach ?? [],
      }
    : null
}
