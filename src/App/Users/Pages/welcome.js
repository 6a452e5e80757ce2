// The code stands behind the # of the address, which browsers keep to themselves: it is in no log and no Referer.
const code = location.hash.slice(1);
const byId = (id) => document.getElementById(id);

async function call(path, options) {
  const response = await fetch(path, options);
  const body = await response.json();
  if (!response.ok) throw new Error(body.error);
  return body;
}

byId("form").addEventListener("submit", async (event) => {
  event.preventDefault();
  const problem = byId("problem");
  problem.textContent = "";
  if (byId("password").value !== byId("again").value) {
    problem.textContent = "The two passwords differ.";
    return;
  }
  const body = { code, password: byId("password").value };
  if (byId("email").value) body.email = byId("email").value;
  try {
    const tokens = await call("/api/v1/auth/link", {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify(body),
    });
    const me = await call("/api/v1/auth/me", { headers: { Authorization: `Bearer ${tokens.access_token}` } });
    history.replaceState(null, "", location.pathname);
    byId("who").textContent = me.email;
    byId("role").textContent = me.role;
    byId("token").value = tokens.access_token;
    byId("form").hidden = true;
    byId("hint").hidden = true;
    byId("done").hidden = false;
  } catch (e) {
    problem.textContent = e.message;
  }
});
