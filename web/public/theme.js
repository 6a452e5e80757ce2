// Before anything is painted: the theme that was chosen, or the system's.
const chosen = localStorage.getItem('tradepost.theme')
const isDark = chosen ? chosen === 'dark' : matchMedia('(prefers-color-scheme: dark)').matches
document.documentElement.classList.toggle('dark', isDark)
