/** What the server knows of both chats: fetched whole, again whenever it says that something changed. */

const RETRY = [500, 1000, 2000, 4000];
/** Milliseconds until the next attempt; the last one repeats. */
const TYPING = 3000;
/** Milliseconds after which to look whether somebody still types: it ends by itself, and nothing tells of it. */

const listeners = new Set();
let state = null;
let status = "connecting";
let fetching = null;
let stale = false;
let attempts = 0;
let source = null;
let waiting = null;
let typing = null;

/** Be told of every new state and every change of the connection: `listener(state or null, status)`. */
export function subscribe(listener) {
  listeners.add(listener);
}

/** Connect, and stay connected: a server that restarts is found again, with whatever it then knows. */
export function start() {
  waiting = null;
  source = new EventSource("/playground/stream");
  source.addEventListener("open", refresh);
  source.addEventListener("changed", refresh);
  source.addEventListener("error", again);
}

function again() {
  if (waiting !== null) return;
  // The browser's own retry gives up for good on an HTTP error, which is what a proxy answers during a restart.
  source.close();
  waiting = setTimeout(start, RETRY[Math.min(attempts, RETRY.length - 1)]);
  attempts += 1;
  tell(state, "reconnecting");
}

/** Fetch the state; calls that come while one is under way are answered by one more fetch after it. */
export function refresh() {
  stale = true;
  fetching ??= fetchUntilFresh().finally(() => {
    fetching = null;
  });
  return fetching;
}

async function fetchUntilFresh() {
  while (stale) {
    stale = false;
    try {
      const answer = await fetch("/playground/state", { cache: "no-store" });
      if (!answer.ok) throw new Error(`state: ${answer.status}`);
      const fresh = await answer.json();
      attempts = 0;
      clearTimeout(typing);
      if (fresh.telegram.typing.length) typing = setTimeout(refresh, TYPING);
      tell(fresh, source?.readyState === EventSource.OPEN ? "live" : status);
    } catch {
      again();
    }
  }
}

function tell(newState, newStatus) {
  state = newState;
  status = newStatus;
  for (const listener of listeners) listener(state, status);
}

/** Send a person's act to the server and return what it answered. Throws when the server does not take it. */
export async function post(path, body = {}) {
  const answer = await fetch(`/playground/${path}`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
  });
  if (!answer.ok) throw new Error(`${path}: ${answer.status}`);
  const said = await answer.json();
  refresh();
  return said;
}
