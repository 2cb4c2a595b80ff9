/** imports.js: the texts that were read in, and reading in a new one. */
import { html } from "../lib/lib.js";
import { go } from "../lib/router.js";
import { can } from "../lib/session.js";
import { time } from "../lib/format.js";
import { Badge } from "../ui/badge.js";
import { Empty } from "../ui/empty.js";
import { Table } from "../ui/table.js";
import { NewImport } from "./import_new.js";
import { PlanNav } from "./years.js";

export const title = "导入工作要点";
export const css = ["plan"];

const FIELDS = "id,title,year,filename,state,org,org_path,created,updated,created_by,confirmed_by,expand.org.name,expand.org.short,expand.created_by.name,expand.confirmed_by.name";

export async function load({ live }) {
    const imports = live("plan_imports", {
        sort: "-created", order: (a, b) => b.created.localeCompare(a.created), fields: FIELDS, expand: "org,created_by,confirmed_by",
    });
    await imports.ready;
    return { imports };
}

const COLUMNS = [
    { key: "title", label: "名称", main: true, cell: (row) => row.title || row.filename || `${row.year} 年工作要点`, value: (row) => row.title || row.filename },
    { key: "year", label: "年度", cell: ({ year }) => `${year} 年` },
    { key: "org", label: "组织", cell: ({ expand }) => expand?.org?.short || expand?.org?.name, value: ({ expand }) => expand?.org?.name },
    { key: "state", label: "状态", cell: ({ state }) => html`<${Badge} kind="import" state=${state}/>` },
    { key: "by", label: "经办", cell: ({ expand }) => expand?.created_by?.name ?? "", value: ({ expand }) => expand?.created_by?.name },
    { key: "confirmed", label: "确认", cell: ({ expand }) => expand?.confirmed_by?.name ?? "", value: ({ expand }) => expand?.confirmed_by?.name },
    { key: "updated", label: "最近改动", nowrap: true, cell: ({ updated }) => time(updated) },
];

export default function Imports({ data }) {
    const rows = data.imports.rows.value, waiting = rows.filter((row) => row.state === "submitted" && can("plan.confirm", row.org_path));
    return html`<div class="page">
        <header class="page-head"><div><h1>导入工作要点</h1>
            <p class="lead">上传或粘贴全文，核对摘出的任务并分派，再由另一位负责人确认。</p></div></header>
        <${PlanNav} at="imports"/>
        ${waiting.length > 0 && html`<p class="notice">有 ${waiting.length} 份导入等待确认。</p>`}
        ${can("plan.edit") && html`<${NewImport} onMade=${({ id }) => go("/plan/imports/" + id)}/>`}
        <h2 class="between">已有的导入</h2>
        <${Table} label="已有的导入" columns=${COLUMNS} rows=${rows} href=${({ id }) => "#/plan/imports/" + id}
            empty=${html`<${Empty} title="还没有导入过" text=${can("plan.edit") ? "从上面选一个文件，或者粘贴全文。" : "经办人导入以后会出现在这里。"}/>`}/>
    </div>`;
}
