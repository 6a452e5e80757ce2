import { Menu, WifiOff, X } from 'lucide-react'
import { Suspense, useEffect, useRef, useState } from 'react'
import { NavLink, Outlet, useLocation } from 'react-router'
import { useConnection } from '@/shared/api/connection'
import { useSession } from '@/shared/api/session'
import { cn } from '@/shared/cn'
import { Button } from '@/shared/ui/button'
import { Loading } from '@/shared/ui/states'
import { navigationFor } from './pages'
import { Preferences } from './Preferences'
import { useText } from './texts'
import { UserMenu } from './UserMenu'

export function Layout() {
  const t = useText()
  const main = useRef<HTMLElement>(null)
  const { pathname } = useLocation()
  const [openAt, setOpenAt] = useState<string | null>(null) // the menu closes when another page opens
  const isOpen = openAt === pathname
  const role = useSession((session) => session.user?.role ?? 'viewer')
  const isLost = useConnection((state) => state.isLost)
  useEffect(() => {
    window.scrollTo(0, 0) // gives a promise in newer browsers, which is no clean-up
  }, [pathname])
  return (
    <div className="min-h-dvh md:grid md:grid-cols-[13.5rem_minmax(0,1fr)]">
      <a
        href="#main"
        onClick={(event) => {
          event.preventDefault()
          main.current?.focus()
        }}
        className="sr-only focus:not-sr-only focus:fixed focus:start-3 focus:top-3 focus:z-50 focus:rounded-md focus:bg-accent focus:px-3 focus:py-2 focus:text-accent-ink"
      >
        {t('nav.skip')}
      </a>
      <header className="sticky top-0 z-30 flex h-12 items-center gap-3 border-b border-line bg-surface px-3 md:hidden">
        <Button
          variant="ghost"
          size="icon"
          aria-expanded={isOpen}
          aria-controls="navigation"
          aria-label={t('nav.menu')}
          onClick={() => setOpenAt(isOpen ? null : pathname)}
        >
          {isOpen ? <X aria-hidden /> : <Menu aria-hidden />}
        </Button>
        <Brand />
      </header>
      <aside
        id="navigation"
        className={cn(
          'z-20 flex-col border-e border-line bg-surface md:sticky md:top-0 md:flex md:h-dvh',
          isOpen ? 'fixed inset-x-0 top-12 bottom-0 flex' : 'hidden',
        )}
      >
        <div className="hidden h-14 items-center px-4 md:flex">
          <Brand />
        </div>
        <nav aria-label={t('nav.label')} className="flex-1 overflow-y-auto px-2 py-2">
          <ul className="space-y-0.5">
            {navigationFor(role).map(({ path, name, icon: Icon }) => (
              <li key={path}>
                <NavLink
                  to={`/${path}`}
                  end={path === ''}
                  className={({ isActive }) =>
                    cn(
                      'flex items-center gap-2.5 rounded-md px-2.5 py-1.5 text-[13px] font-medium',
                      isActive ? 'bg-accent-soft text-accent' : 'text-muted hover:bg-raised hover:text-ink',
                    )
                  }
                >
                  <Icon aria-hidden className="size-4" />
                  {t(name)}
                </NavLink>
              </li>
            ))}
          </ul>
        </nav>
        <div className="space-y-2 border-t border-line p-3">
          <Preferences />
          <UserMenu />
        </div>
      </aside>
      <div className="min-w-0">
        {isLost && (
          <div
            role="alert"
            className="sticky top-12 z-20 flex items-center gap-2 border-b border-warn/40 bg-warn-soft px-5 py-2 text-[13px] text-warn md:top-0"
          >
            <WifiOff aria-hidden className="size-4" />
            {t('connection.lost')}
          </div>
        )}
        <main ref={main} id="main" tabIndex={-1} className="mx-auto max-w-[88rem] px-4 py-5 outline-none md:px-6">
          <Suspense fallback={<Loading rows={8} />}>
            <Outlet />
          </Suspense>
        </main>
      </div>
    </div>
  )
}

function Brand() {
  return (
    <span className="flex items-center gap-2 text-[15px] font-semibold tracking-tight">
      <svg aria-hidden viewBox="0 0 32 32" className="size-6">
        <rect width="32" height="32" rx="7" className="fill-accent" />
        <path d="M8 9h16v4h-6v11h-4V13H8z" className="fill-accent-ink" />
      </svg>
      Tradepost
    </span>
  )
}
