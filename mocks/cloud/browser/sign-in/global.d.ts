/** What the page's scripts leave for each other: each comes from a host of its own. */
interface Window {
  signInSession?: { started: boolean };
  signInInsights?: { started: boolean };
}
