/** Have a page follow the light or dark theme of the device, which the widgets read on the root element. */
export function followTheme() {
  const dark = window.matchMedia("(prefers-color-scheme: dark)");
  const follow = () => {
    document.documentElement.dataset.theme = dark.matches ? "dark" : "light";
  };
  dark.addEventListener?.("change", follow);
  follow();
}
