// Talks to the gateway. Refused: it understood and said no. Any other error: not sent, try again.
export class Refused extends Error {
  constructor(answer) {
    super(answer.error);
    this.fields = answer.fields ?? {};
  }
}

export async function post(path, body) {
  const response = await fetch(path, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(body),
    signal: after(20),
  });
  const answer = await response.json();
  if (response.ok) return answer;
  if (response.status < 500 && response.status !== 429) throw new Refused(answer);
  throw new Error(answer.error);
}

export async function news(afterId, wait) {
  const response = await fetch(`/api/messages?after=${afterId}&wait=${wait}`, { signal: after(wait + 15) });
  if (!response.ok) throw new Error(String(response.status));
  return response.json();
}

function after(seconds) {
  const stop = new AbortController();
  setTimeout(() => stop.abort(), seconds * 1000);
  return stop.signal;
}
