// Hears what is new as a stream of events. Who hears nothing of it goes on with long-polls.
const HELLO = 5000; // milliseconds until the first event; a proxy that holds streams back is told by it
const SILENT = 40_000; // longer than two beats of the server: the connection is dead

// `hear` has a function for each event. Gives how it ended: "held" (nothing came through), "broken",
// or why the server ended it: "again" (come back), "crowded", "closed".
export function follow(path, hear) {
  if (!("EventSource" in window)) return Promise.resolve("held");
  return new Promise((done) => {
    const source = new EventSource(path);
    let came = false;
    let timer = setTimeout(() => end("held"), HELLO);
    const end = (how) => {
      clearTimeout(timer);
      source.close();
      removeEventListener("pagehide", leave);
      done(how);
    };
    const leave = () => source.close();
    const on = (name, then) => source.addEventListener(name, (event) => {
      came = true;
      clearTimeout(timer);
      timer = setTimeout(() => end("broken"), SILENT);
      then(JSON.parse(event.data));
    });
    for (const [name, then] of Object.entries(hear)) on(name, then);
    on("beat", () => {});
    on("over", ({ why }) => end(why));
    source.addEventListener("error", (event) => event.data === undefined && end(came ? "broken" : "held"));
    addEventListener("pagehide", leave);
  });
}

// Waits longer from time to time, and no longer than until the network is back.
export function patience(longest = 15) {
  let pause = 1;
  return {
    reset() { pause = 1; },
    async rest() {
      await new Promise((done) => {
        setTimeout(done, pause * 1000);
        addEventListener("online", done, { once: true });
      });
      pause = Math.min(pause * 2, longest);
    },
  };
}
