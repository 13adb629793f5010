/** The look of a report: the app's own colours, in both themes, and fonts that every system has. */
export const REPORT_STYLE = `
:root{color-scheme:light dark;--surface:#fff;--raised:#f6f7f9;--sunken:#f1f3f6;--border:#dfe3ea;--text:#1a1d23;--muted:#545c6b;--accent:#2159d9;--good:#226a18;--warn:#874e08;--bad:#b52626;--lifecycle:#6b41d1;--item:#086454;--part:#0a5f9a;--kind-text:#246811;--reasoning:#7a5000;--arguments:#a3326b;--tool:#4157b8;--refusal:#a5390b;--stall:#efece5;--key:#0f62a8;--string:#246811;--number:#8a4b00;--word:#6b41d1;--mono:ui-monospace,'SF Mono','Cascadia Mono','JetBrains Mono',Menlo,Consolas,monospace}
@media(prefers-color-scheme:dark){:root{--surface:#15171b;--raised:#1a1d22;--sunken:#111317;--border:#292d35;--text:#e4e7ec;--muted:#a2a9b6;--accent:#7aa5ff;--good:#8fce70;--warn:#f0b354;--bad:#ff8078;--lifecycle:#b294ff;--item:#4fc7b4;--part:#5cbdf0;--kind-text:#98d07a;--reasoning:#e0b35c;--arguments:#f08fbf;--tool:#93a5ff;--refusal:#ff9d66;--stall:#2a261d;--key:#7fc4ff;--string:#98d07a;--number:#e8c268;--word:#b294ff}}
*{box-sizing:border-box}
body{margin:0;background:var(--surface);color:var(--text);font:13px/1.45 Inter,system-ui,-apple-system,'Segoe UI',sans-serif}
main,header,footer{max-width:1080px;margin:0 auto;padding:0 24px}
header{padding-top:28px}
h1{margin:0 0 6px;font-size:20px;font-weight:600;letter-spacing:-.01em;overflow-wrap:anywhere}
h2{margin:32px 0 8px;padding-bottom:6px;border-bottom:1px solid var(--border);font-size:12px;font-weight:600;letter-spacing:.02em;color:var(--muted)}
h3{margin:14px 0 4px;font-size:12px;font-weight:600}
p{margin:6px 0;max-width:80ch}
.lead{display:flex;flex-wrap:wrap;gap:4px 14px;align-items:baseline;color:var(--muted)}
.status{font-weight:600}
.completed{color:var(--good)}.failed,.error{color:var(--bad)}.incomplete,.aborted,.disconnected,.warning{color:var(--warn)}.note{color:var(--muted)}
.facts{display:grid;grid-template-columns:repeat(auto-fill,minmax(280px,1fr));gap:4px 32px}
.facts dl{margin:0}.facts dl div{display:flex;justify-content:space-between;gap:12px;padding:3px 0;border-bottom:1px solid var(--border)}
.facts .of dt{padding-left:14px}
.call{margin:10px 0 0}.call div{display:grid;grid-template-columns:140px minmax(0,1fr);gap:12px;padding:2px 0}.call dd{text-align:left}
dt{color:var(--muted)}dd{margin:0;text-align:right;font-variant-numeric:tabular-nums;overflow-wrap:anywhere}
pre,code,.mono{font-family:var(--mono);font-size:12px}
pre{margin:4px 0;padding:10px 12px;background:var(--sunken);border-radius:4px;white-space:pre-wrap;overflow-wrap:anywhere;max-height:70vh;overflow:auto}
table{width:100%;border-collapse:collapse;table-layout:fixed}
th{padding:4px 8px;text-align:left;font-weight:500;color:var(--muted);border-bottom:1px solid var(--border)}
td{padding:2px 8px;vertical-align:top;border-bottom:1px solid var(--border);overflow-wrap:anywhere}
.headers td:first-child{color:var(--muted)}
.events td,.events th{height:22px}
.num{text-align:right;font-variant-numeric:tabular-nums;color:var(--muted)}
.col-seq{width:64px}.col-time,.col-gap{width:92px}.col-type{width:310px}.col-rule{width:64px}.col-level{width:80px}.col-header{width:260px}
.events tr:target td{background:var(--raised)}
summary{cursor:pointer;overflow:hidden;text-overflow:ellipsis;white-space:nowrap}
summary:focus-visible,a:focus-visible{outline:2px solid var(--accent);outline-offset:1px;border-radius:2px}
details[open]>summary{white-space:normal}
a{color:var(--accent);text-decoration:none}a:hover{text-decoration:underline}
.type{font-family:var(--mono);font-size:12px}
.type.lifecycle{color:var(--lifecycle)}.type.item{color:var(--item)}.type.part{color:var(--part)}.type.text{color:var(--kind-text)}.type.reasoning{color:var(--reasoning)}.type.arguments{color:var(--arguments)}.type.tool{color:var(--tool)}.type.refusal{color:var(--refusal)}.type.error{color:var(--bad)}
.k{color:var(--key)}.s{color:var(--string)}.n{color:var(--number)}.w{color:var(--word)}
.timeline{display:block;width:100%;height:auto}
.timeline text{font:11px Inter,system-ui,sans-serif;fill:var(--muted)}
.track{fill:var(--sunken)}.stall{fill:var(--stall)}.tick{stroke:var(--border);fill:none}
.bar{fill:var(--lifecycle)}.bar.output-text,.bar.transcript{fill:var(--kind-text)}.bar.refusal{fill:var(--refusal)}.bar.reasoning-text,.bar.reasoning-summary{fill:var(--reasoning)}.bar.function-arguments,.bar.mcp-arguments{fill:var(--arguments)}.bar.custom-input,.bar.code,.bar.shell-command,.bar.shell-stdout,.bar.shell-stderr,.bar.patch{fill:var(--tool)}
footer{padding:28px 24px 40px;color:var(--muted)}
@media print{pre{max-height:none}h2{break-after:avoid}}
`;
