/** The portal's own look. */
export const portalStyle = `:root { color-scheme: light; --ink: #1b2430; --quiet: #4b5866; --line: #d4dbe2; --accent: #12507b }
* { box-sizing: border-box }
body { margin: 0; background: #f4f6f8; color: var(--ink); font: 1rem/1.5 system-ui, sans-serif }
header { display: flex; justify-content: space-between; align-items: center; gap: 1rem; padding: .25rem 2rem; background: var(--accent); color: #fff }
header p { font-weight: 600 }
main { max-width: 72rem; margin: 1rem auto; padding: 0 2rem; outline: none }
h1 { margin: 1rem 0 0; font-size: 1.75rem }
h2 { margin: 2rem 0 .5rem; font-size: 1.25rem }
section { overflow-x: auto }
table { width: 100%; border-collapse: collapse; background: #fff; border: 1px solid var(--line) }
th, td { padding: .6rem .75rem; text-align: left; border-bottom: 1px solid var(--line); vertical-align: top }
thead th { color: var(--quiet); font-size: .875rem }
button, select, input { font: inherit; padding: .3rem .7rem; border: 1px solid #7a8794; border-radius: 4px; background: #fff; color: inherit }
header button { background: none; border-color: #fff; color: #fff }
section > button { margin-bottom: .75rem }
button.plain { border: 0; padding: 0; background: none; color: var(--accent); font-weight: 600; text-decoration: underline }
button.main { background: var(--accent); border-color: var(--accent); color: #fff }
:focus-visible { outline: 3px solid #f2a900; outline-offset: 2px }
.active, .inactive { font-weight: 600; white-space: nowrap }
.active { color: #0b6a2b }
.inactive { color: #a4161a }
.details { background: #f8fafb }
dl { display: grid; grid-template-columns: max-content 1fr; gap: .25rem 1.5rem; margin: 0 }
dt { color: var(--quiet) }
dd { margin: 0 }
form { display: grid; gap: .75rem; max-width: 32rem; padding: 1rem; background: #fff; border: 1px solid var(--line) }
fieldset { border: 1px solid var(--line) }
#problem:not(:empty) { margin: 1rem 0; padding: .6rem 1rem; background: #fdecec; border-left: 4px solid #a4161a }
#status:not(:empty) { margin: 1rem 0; padding: .6rem 1rem; background: #eaf4ea; border-left: 4px solid #0b6a2b }
.skip { position: absolute; left: -100rem }
.skip:focus { left: 1rem; top: .5rem; padding: .25rem .5rem; background: #fff }
`;
