const colours = `
:root{color-scheme:light dark;--ink:#1b1f24;--soft:#57606c;--line:#d8dde3;--paper:#fff;--panel:#f5f7f9;--good:#146c3c;--goodbg:#dff3e6;--bad:#b3261e;--badbg:#fbe6e4;--warn:#714c00;--warnbg:#fff0cf;--link:#0b57a4}
@media screen and (prefers-color-scheme:dark){:root{--ink:#e7eaee;--soft:#a6b0bc;--line:#39414b;--paper:#15191e;--panel:#1d232a;--good:#7ddba0;--goodbg:#173726;--bad:#ff9d94;--badbg:#43201d;--warn:#f2c46b;--warnbg:#3a2e11;--link:#8ec5ff}}`;

const text = `
*{box-sizing:border-box}
body{margin:0 auto;max-width:1240px;padding:36px 28px 80px;background:var(--paper);color:var(--ink);font:15px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue",Arial,sans-serif;overflow-wrap:anywhere}
h1{font-size:28px;line-height:1.2;margin:0 0 10px}h2{font-size:20px;margin:44px 0 6px}h3{font-size:15px;font-weight:500;margin:0}h4{font-size:14px;margin:0 0 6px}h5{font-size:13px;margin:0 0 4px}
p{margin:0 0 10px}header>p:not(.quiet){max-width:76ch}a{color:var(--link)}code{font:13px/1.45 ui-monospace,"Cascadia Mono",Menlo,Consolas,monospace}
.quiet,.lead,figcaption{color:var(--soft);font-size:13px}nav{display:flex;gap:20px;flex-wrap:wrap}
.good{color:var(--good)}.bad{color:var(--bad)}.warn{color:var(--warn)}.none{color:var(--soft)}
.alarm,.notice{padding:8px 12px;border-radius:6px;background:var(--badbg);color:var(--bad)}.notice{background:var(--warnbg);color:var(--warn)}
.badge{display:inline-block;border-radius:999px;padding:1px 10px;font-size:12.5px;font-weight:650;white-space:nowrap;background:var(--warnbg);color:var(--warn)}.badge.holds,.badge.passed{color:var(--good);background:var(--goodbg)}.badge.broken,.badge.failed{color:var(--bad);background:var(--badbg)}
:focus-visible{outline:3px solid var(--link);outline-offset:2px}[id]{scroll-margin-top:12px}tr:target{background:var(--warnbg)}`;

const overview = `
.facts{display:flex;flex-wrap:wrap;gap:14px;margin:22px 0 14px}.facts>div{background:var(--panel);border:1px solid var(--line);border-radius:8px;padding:12px 18px}.facts h2{font-size:13px;font-weight:600;color:var(--soft);margin:0 0 4px}.facts dl{display:flex;gap:30px;margin:0}.facts dl div{display:flex;flex-direction:column-reverse}.facts dt{font-size:13px}.facts dd{margin:0;font-size:28px;line-height:1.2;font-weight:650}
table{border-collapse:collapse;width:100%}th{text-align:left;font-size:13px;color:var(--soft);font-weight:600}th,td{padding:8px 14px 8px 0;border-bottom:1px solid var(--line);vertical-align:top}td:last-child,th:last-child{padding-right:0}
.requirements{table-layout:fixed}.requirements th:nth-child(1){width:106px}.requirements th:nth-child(3){width:82px}.requirements th:nth-child(4){width:21%}.requirements th:nth-child(5){width:24%}.requirements td:nth-child(n+4){font-size:13px}.requirements td:nth-child(4){color:var(--soft)}.requirements td>code,.requirements td>.quiet,.requirements td a{display:block}.requirements code{color:var(--soft)}`;

const scenario = `
.tools{display:flex;flex-wrap:wrap;gap:10px;margin:10px 0 14px;align-items:center}.tools input,.tools select{font:inherit;color:inherit;background:var(--panel);border:1px solid var(--line);border-radius:6px;padding:6px 10px}.tools input{flex:1 1 240px;max-width:460px}
.scenario{border:1px solid var(--line);border-radius:8px;margin:0 0 8px}.scenario[hidden]{display:none}.scenario>summary{cursor:pointer;padding:10px 14px;display:grid;grid-template-columns:76px minmax(0,1fr) minmax(0,36%);gap:12px;align-items:baseline;list-style:none}.scenario>summary::-webkit-details-marker{display:none}.scenario>summary .badge{justify-self:start}.scenario>summary code{color:var(--soft);font-size:12px;text-align:right}.scenario>summary:hover{background:var(--panel)}.scenario[open]>summary{border-bottom:1px solid var(--line);background:var(--panel);border-radius:8px 8px 0 0}.scenario[open]>summary h3{font-weight:650}
.body{padding:16px 16px 6px}.proves{margin:0 0 14px;padding:0;list-style:none}.proves li::before{content:"Proves: ";color:var(--soft)}.proves a{font-size:13px}
.decisive{background:var(--panel);border-left:4px solid var(--bad);padding:12px 16px;margin:0 0 14px;border-radius:0 6px 6px 0}.phases{padding-top:6px}.decisive ol{margin:0;padding:0;list-style:none}.hops{counter-reset:hop}.hops li{counter-increment:hop;display:grid;grid-template-columns:24px minmax(0,116px) minmax(0,92px) minmax(0,1fr);gap:0 8px;padding:5px 0;border-top:1px solid var(--line);font-size:13.5px}.hops li::before{content:counter(hop);color:var(--soft)}.what{font:12.5px/1.7 ui-monospace,"Cascadia Mono",Menlo,Consolas,monospace}.decides{color:var(--bad)}
.chains{display:grid;grid-template-columns:minmax(0,1fr) minmax(0,1fr);gap:18px;margin-top:12px;font-size:13.5px}.chains li+li{margin-top:4px}mark{background:var(--warnbg);color:var(--warn);padding:0 4px;border-radius:3px}.cause{display:block;color:var(--soft);font-size:12.5px}
.phases{display:grid;grid-template-columns:minmax(0,1fr) minmax(0,1.5fr) minmax(0,1fr);gap:24px;margin:0 0 16px}.phases table{table-layout:fixed;font-size:13.5px}.phases td:first-child{color:var(--soft)}.phases .notice{font-size:13.5px;padding:5px 10px}.mark{font-weight:700}
.timeline>summary{cursor:pointer;margin-bottom:8px}.timeline table{table-layout:fixed;font-size:13px;margin-bottom:12px}.timeline td{padding-top:4px;padding-bottom:4px}.timeline td:nth-child(-n+3){color:var(--soft)}.timeline thead th:nth-child(1){width:66px}.timeline thead th:nth-child(2){width:96px}.timeline thead th:nth-child(3){width:132px}.timeline .step td{font-weight:650}.timeline tbody th{color:var(--ink);padding-top:14px}`;

const picture = `
.picture{margin:0 0 18px}.scroll{overflow-x:auto;background:var(--panel);border:1px solid var(--line);border-radius:8px}.picture svg{display:block;margin:4px 8px;overflow-wrap:normal}figcaption{margin-top:4px}
.picture text{fill:var(--ink);font-size:13px}.picture .name{font-weight:650}.picture .note{fill:var(--soft);font-size:11px}.picture .device{fill:var(--paper);stroke:var(--line)}.picture path{fill:none;stroke-width:2.5;stroke:var(--good)}.picture .head{fill:var(--good);stroke:none}.picture .said{font-weight:650;fill:var(--good)}
.picture .bad path{stroke:var(--bad)}.picture .bad circle,.picture .bad .said{fill:var(--bad)}.picture .muted path{stroke:var(--soft)}.picture .muted circle,.picture .muted .said{fill:var(--soft)}.picture path.cross{stroke:var(--paper);stroke-width:2}`;

const narrow = `
@media (max-width:760px){body{padding:22px 14px 60px}h1{font-size:23px}.phases,.chains{grid-template-columns:minmax(0,1fr)}.facts>div{flex:1 1 100%}
.requirements,.requirements tbody,.requirements tr,.requirements td{display:block;width:auto}.requirements thead{display:none}.requirements tr{border-bottom:1px solid var(--line);padding:12px 0}.requirements td{border:0;padding:2px 0}.requirements td:nth-child(3)::before{content:"Strength: ";color:var(--soft)}.requirements td:nth-child(4)::before{content:"Section: "}.requirements td:nth-child(3){font-size:13px}
.scenario>summary{grid-template-columns:minmax(0,1fr);gap:4px}.scenario>summary code{text-align:left}.hops li{grid-template-columns:20px minmax(0,1fr) minmax(0,max-content)}.hops li>:last-child{grid-column:2/-1}
.timeline table,.timeline tbody,.timeline tr,.timeline td,.timeline th{display:block}.timeline thead{display:none}.timeline tr{border-bottom:1px solid var(--line);padding:5px 0}.timeline td{border:0;padding:1px 0}.timeline td:nth-child(-n+3){display:inline;margin-right:10px}}
@media print{:root{color-scheme:light}body{max-width:none;padding:0;font-size:12px;print-color-adjust:exact}.tools,nav,.timeline:not([open]){display:none}tr,.decisive,.picture,.facts,.phases>section{break-inside:avoid}h2,h3,h4,summary{break-after:avoid}.picture svg{max-width:100%;height:auto}}`;

/** The report's looks: light and dark, on paper, from 390 pixels up. */
export const style = `${[colours, text, overview, scenario, picture, narrow].join('')}\n`;
