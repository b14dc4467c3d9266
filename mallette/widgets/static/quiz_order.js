// The order of one's own in which choices are listed outside a séance (there, the server gives it).

const KEY = "mallette-ordre";
let memory = "";

/**
 * A number of four digits drawn once for this browser: with it, a person who comes back finds the choices where they
 * were. It never leaves the browser, and thousands of people have the same.
 */
export function ownNumber() {
  try {
    memory = localStorage.getItem(KEY) || memory;
    if (!memory) {
      memory = String(1000 + Math.floor(9000 * Math.random()));
      localStorage.setItem(KEY, memory);
    }
  } catch {
    memory = memory || String(Math.random()); // storage refused by the browser: it lives as long as the page
  }
  return memory;
}
