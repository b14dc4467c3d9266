// How a page of the workshop asks it something.

const REQUEST_MS = 6000;

/** The status and the text of a reply; throws when there is none in time, or when it was cut in the middle. */
export async function exchange(address, options = {}, patience = REQUEST_MS) {
  const control = new AbortController();
  const timer = setTimeout(() => control.abort(), patience);
  try {
    const reply = await fetch(address, { ...options, cache: "no-store", signal: control.signal });
    return { status: reply.status, body: await reply.text() };
  } finally {
    clearTimeout(timer);
  }
}

/** The status and JSON of a reply; throws when there is none in time, or when it was cut in the middle. */
export async function request(address, sent) {
  const options = sent === undefined
    ? {}
    : { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(sent), keepalive: true };
  const { status, body } = await exchange(address, options);
  try {
    return { status, body: JSON.parse(body) };
  } catch (error) {
    if (status === 200) throw error;
    return { status, body: {} };
  }
}
