/**
 * about.js: somebody's particulars and what an officer may do about them.
 *
 *   <${Facts} person=${record}/>
 *   <${Deeds} person=${record} units=${units} onChange=${fn}/>
 */
import { html, useState } from "../lib/lib.js";
import { can } from "../lib/session.js";
import { KINDS } from "../lib/words.js";
import { PersonDialog } from "./edit.js";
import { ResetPassword } from "./reset.js";

export const Facts = ({ person }) => html`<dl class="facts">${[
    ["工号", person.number], ["手机号", person.mobile], ["组织", person.expand?.org?.name], ["身份", KINDS[person.kind]], ["职务", person.title],
].filter(([, value]) => value).map(([term, value]) => html`<div key=${term}><dt>${term}</dt><dd>${value}</dd></div>`)}</dl>`;

export function Deeds({ person, units, onChange, children }) {
    const [editing, setEditing] = useState(false), edits = can("people.edit", person.org_path);
    const finish = (saved) => {
        setEditing(false);
        onChange?.(saved);
    };
    if (!edits && !children) return null;
    return html`<div class="actions">${children}
        ${edits && html`<button type="button" onClick=${() => setEditing(true)}>修改资料</button>
            ${person.state === "active" && html`<${ResetPassword} person=${person}/>`}`}</div>
        ${editing && html`<${PersonDialog} person=${person} units=${units} onClose=${() => setEditing(false)} onDone=${finish}/>`}`;
}
