// Completes the address of the page that it was made for, without an entry in the history.

export default function ({ data }) {
  const at = new URL(window.location.href);
  if (at.searchParams.has("letter") || !at.pathname.replace(/\/$/, "").endsWith(data.page && `/${data.page}`)) return;
  for (const [name, value] of Object.entries(data.wanted)) at.searchParams.set(name, value);
  window.history.replaceState(window.history.state, "", at);
}
