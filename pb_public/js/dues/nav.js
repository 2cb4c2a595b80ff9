/**
 * nav.js: the way between the pages of dues, and which organization and year
 * they speak of. Both are in the address (?org=…&year=…).
 *
 *   <${DuesNav} at="grid"/>
 *   const { units, unit } = await chooseUnit(query, "dues")    the organization of ?org=, else the highest that the power reaches
 *   <${UnitPick} units=${units} power="dues"/>  <${YearPick}/>  yearOf(query)
 *   run(setWrong, setBusy, work)    does work, and says what went wrong
 */
import { html, useState } from "../lib/lib.js";
import { list } from "../lib/api.js";
import { query } from "../lib/router.js";
import { can, canAny, me, reach, today } from "../lib/session.js";
import { UNIT_FIELDS, openOn, unitOptions } from "../org/units.js";
import { Pick } from "../ui/filters.js";

const PAGES = [
    ["mine", "/dues", "我的党费", []], ["grid", "/dues/grid", "收缴表", ["dues"]], ["entry", "/dues/entry", "登记收款", ["dues.record"]],
    ["payments", "/dues/payments", "收款和复核", ["dues"]], ["arrears", "/dues/arrears", "欠交", ["dues.record", "dues.check", "dues.account"]],
    ["bases", "/dues/bases", "核定", ["dues.assess", "dues.check"]], ["closing", "/dues/closing", "月结", ["dues"]],
    ["account", "/dues/account", "账目", ["dues.account", "dues.cash", "dues.check"]], ["disclosures", "/dues/disclosures", "公开", []],
    ["rates", "/dues/rates", "标准和试算", []],
];

const FEW = 4;

/** On a phone an officer's many pages open on a press, so that the page itself comes first. */
export function DuesNav({ at }) {
    const [open, setOpen] = useState(false), pages = PAGES.filter(([, , , powers]) => !powers.length || canAny(...powers)), long = pages.length > FEW;
    return html`<nav class=${["subnav", long && "long", open && "open"].filter(Boolean).join(" ")} aria-label="党费的各页">${pages.map(([key, path, word]) => html`
        <a key=${key} class="btn" href=${"#" + path} aria-current=${key === at ? "page" : undefined}>${word}</a>`)}
        ${long && html`<button type="button" class="other-pages" aria-expanded=${open} onClick=${() => setOpen(!open)}>${open ? "收起" : "党费的其他页"}</button>`}</nav>`;
}

export const yearOf = ({ year }) => (/^20\d\d$/.test(year) ? year : today().slice(0, 4));

export function YearPick({ back = 3 }) {
    const now = Number(today().slice(0, 4));
    return html`<${Pick} name="year" label="年度" all=${`${now} 年`} options=${Array.from({ length: back }, (_, i) => [String(now - 1 - i), `${now - 1 - i} 年`])}/>`;
}

/** Organizations that collect dues and that one of the powers reaches. */
export const within = (units, ...powers) => units.filter(({ path, kind }) => kind !== "group" && powers.some((power) => can(power, path)));

export async function chooseUnit({ org }, ...powers) {
    const units = await list("org_units", { sort: "sort,path", fields: UNIT_FIELDS });
    const fits = within(units, ...powers), [top] = powers.flatMap((power) => reach(power));
    const unit = fits.find(({ id }) => id === org) ?? fits.find(({ id }) => id === top?.id) ?? fits[0] ?? me.value.person.org;
    return { units, unit };
}

export function UnitPick({ units, unit, powers = ["dues"] }) {
    const fits = within(units, ...powers).filter((one) => openOn(one, today())), known = new Set(fits);
    if (fits.length < 2) return null;
    return html`<${Pick} name="org" label="组织（含下级）" all="" options=${unitOptions(units, (one) => known.has(one)).map(([id, word]) => [query.value.org || id !== unit.id ? id : "", word])}/>`;
}

/** Does what was pressed, once at a time. */
export async function run(setWrong, setBusy, work) {
    setBusy(true);
    setWrong("");
    try {
        return await work();
    } catch (failure) {
        if (!failure.fields) throw failure;
        setWrong(failure.message);
        return undefined;
    } finally {
        setBusy(false);
    }
}
