/** The address of a path of the server, wherever a proxy has put it. */
export const url = (path: string) => new URL(path.replace(/^\//, ''), document.baseURI).toString()

/** The path under which the page is served, without its last slash. */
export const basePath = () => new URL(document.baseURI).pathname.replace(/\/$/, '')
