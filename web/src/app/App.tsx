import { QueryClientProvider } from '@tanstack/react-query'
import { lazy, type ReactNode, Suspense, useEffect } from 'react'
import { BrowserRouter, Route, Routes } from 'react-router'
import { SignIn } from '@/features/account/SignIn'
import { Welcome } from '@/features/account/Welcome'
import { Overview } from '@/features/overview/Overview'
import { connection } from '@/shared/api/connection'
import { renew, useSession } from '@/shared/api/session'
import { basePath } from '@/shared/api/url'
import { Loading } from '@/shared/ui/states'
import { Layout } from './Layout'
import { NotFound } from './NotFound'
import { queries } from './queries'

const pages = {
  runs: () => import('@/features/runs/Runs'),
  retail: () => import('@/features/retail/Retail'),
  trading: () => import('@/features/trading/Trading'),
  models: () => import('@/features/models/Models'),
  data: () => import('@/features/data/Data'),
  settings: () => import('@/features/settings/Settings'),
}
const Runs = lazy(pages.runs)
const RunPage = lazy(() => import('@/features/runs/RunPage'))
const Retail = lazy(pages.retail)
const Trading = lazy(pages.trading)
const Models = lazy(pages.models)
const Data = lazy(pages.data)
const Settings = lazy(pages.settings)

/** Fetches the page of an address before it is known who asks. */
export function fetchPage(path: string) {
  const name = path.slice(basePath().length).split('/').filter(Boolean)[0]
  if (name && name in pages) void pages[name as keyof typeof pages]()
}

export function App() {
  const state = useSession((session) => session.state)
  useEffect(
    () =>
      connection.onBack(() => {
        if (useSession.getState().state === 'unknown') void renew()
        void queries.invalidateQueries()
      }),
    [],
  )
  return (
    <QueryClientProvider client={queries}>
      <BrowserRouter basename={basePath()}>
        <Routes>
          <Route path="/welcome" element={<Welcome />} />
          <Route path="/sign-in" element={<SignIn />} />
          {state === 'signed-in' ? (
            <Route element={<Layout />}>
              <Route index element={<Overview />} />
              <Route
                path="runs"
                element={
                  <Deferred>
                    <Runs />
                  </Deferred>
                }
              />
              <Route
                path="runs/:id"
                element={
                  <Deferred>
                    <RunPage />
                  </Deferred>
                }
              />
              <Route
                path="retail"
                element={
                  <Deferred>
                    <Retail />
                  </Deferred>
                }
              />
              <Route
                path="trading"
                element={
                  <Deferred>
                    <Trading />
                  </Deferred>
                }
              />
              <Route
                path="models"
                element={
                  <Deferred>
                    <Models />
                  </Deferred>
                }
              />
              <Route
                path="data"
                element={
                  <Deferred>
                    <Data />
                  </Deferred>
                }
              />
              <Route
                path="settings"
                element={
                  <Deferred>
                    <Settings />
                  </Deferred>
                }
              />
              <Route path="*" element={<NotFound />} />
            </Route>
          ) : (
            <Route path="*" element={<SignIn />} />
          )}
        </Routes>
      </BrowserRouter>
    </QueryClientProvider>
  )
}

const Deferred = ({ children }: { readonly children: ReactNode }) => <Suspense fallback={<Loading rows={8} />}>{children}</Suspense>
