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

const Runs = lazy(() => import('@/features/runs/Runs'))
const RunPage = lazy(() => import('@/features/runs/RunPage'))
const Retail = lazy(() => import('@/features/retail/Retail'))
const Trading = lazy(() => import('@/features/trading/Trading'))
const Models = lazy(() => import('@/features/models/Models'))
const Data = lazy(() => import('@/features/data/Data'))
const Settings = lazy(() => import('@/features/settings/Settings'))

export function App() {
  const state = useSession((session) => session.state)
  useEffect(() => connection.onBack(() => {
    if (useSession.getState().state === 'unknown') void renew()
    void queries.invalidateQueries()
  }), [])
  return (
    <QueryClientProvider client={queries}>
      <BrowserRouter basename={basePath()}>
        <Routes>
          <Route path="/welcome" element={<Welcome />} />
          <Route path="/sign-in" element={<SignIn />} />
          {state === 'signed-in' ? (
            <Route element={<Layout />}>
              <Route index element={<Overview />} />
              <Route path="runs" element={<Deferred><Runs /></Deferred>} />
              <Route path="runs/:id" element={<Deferred><RunPage /></Deferred>} />
              <Route path="retail" element={<Deferred><Retail /></Deferred>} />
              <Route path="trading" element={<Deferred><Trading /></Deferred>} />
              <Route path="models" element={<Deferred><Models /></Deferred>} />
              <Route path="data" element={<Deferred><Data /></Deferred>} />
              <Route path="settings" element={<Deferred><Settings /></Deferred>} />
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
