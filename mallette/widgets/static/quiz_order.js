// The order of one's own in which choices are listed outside a séance (there, the server gives it).

const KEY = "mallette-ordre";
let own = String(1000 + Math.floor(9000 * Math.random()));

/**
 * A number of four digits drawn once for this browser: with it, a person who comes back finds the choices where they
 * were. It never leaves the browser, and thousands of people have the same. Where the browser refuses storage, it lives
 * as long as the page.
 */
export function ownNumber() {
  try {
    own = localStorage.getItem(KEY) || own;
    localStorage.setItem(KEY, own);
  } catch {
    // refused
  }
  return own;
}
