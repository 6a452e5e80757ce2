/** Where a run is shown. */
export const pathOfRun = (id: string) => `/runs/${id}`

/** The form that starts a run, of some job or of one that is chosen there. */
export const pathToStart = (job = '') => (job ? `/runs?start=${job}` : '/runs?start')
