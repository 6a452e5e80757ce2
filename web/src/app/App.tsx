import { QueryClientProvider } from '@tanstack/react-query'
import { useEffect } from 'react'
import { BrowserRouter, Route, Routes } from 'react-router'
import { connection } from '@/shared/api/connection'
import { renew, useSession } from '@/shared/api/session'
import { basePath } from '@/shared/api/url'
import { Offers } from '@/shared/feature'
import { SignIn } from './entrance/SignIn'
import { Welcome } from './entrance/Welcome'
import { Layout } from './Layout'
import { NotFound } from './NotFound'
import { offers, pages } from './pages'
import { queries } from './queries'

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
      <Offers value={offers}>
        <BrowserRouter basename={basePath()}>
          <Routes>
            <Route path="/welcome" element={<Welcome />} />
            <Route path="/sign-in" element={<SignIn />} />
            {state === 'signed-in' ? (
              <Route element={<Layout />}>
                {pages.map(({ path, Page }) => (
                  <Route key={path} path={path} element={<Page />} />
                ))}
                <Route path="*" element={<NotFound />} />
              </Route>
            ) : (
              <Route path="*" element={<SignIn />} />
            )}
          </Routes>
        </BrowserRouter>
      </Offers>
    </QueryClientProvider>
  )
}
