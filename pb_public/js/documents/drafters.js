/** drafters.js: which organization drafts a document: one in which the reader may enter documents. */
import { html, useEffect, useState } from "../lib/lib.js";
import { list } from "../lib/api.js";
import { can } from "../lib/session.js";
import { UNIT_FIELDS, unitOptions } from "../org/units.js";
import { Field } from "../ui/form.js";

export function Drafters({ form }) {
    const [options, setOptions] = useState([]), [wrong, setWrong] = useState("");
    useEffect(() => {
        list("org_units", { sort: "sort,path", fields: UNIT_FIELDS }).then(
            (units) => setOptions(unitOptions(units, (unit) => !unit.closed && can("documents.edit", unit.path))), ({ message }) => setWrong(message),
        );
    }, []);
    if (wrong) return html`<p class="wrong" role="alert">${wrong}</p>`;
    return options.length > 1 && html`<${Field} form=${form} name="org" label="负责起草的组织" type="select" required options=${options}/>`;
}
