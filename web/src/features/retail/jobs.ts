/** The jobs of the shop that its pages start. */
export const jobs = { load: 'retail.etl', forecast: 'retail.forecast', replay: 'retail.replay-rejects' } as const
