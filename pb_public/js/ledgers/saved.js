/** saved.js: filters and order under a name, for one person on this device. */
import { html, useState } from "../lib/lib.js";
import { query, setQuery } from "../lib/router.js";
import { me } from "../lib/session.js";
import { askText, confirm } from "../ui/dialog.js";

const NEW = "+", DROP = "-";

function shelf(ledger) {
    const key = `views:${me.value?.person.id}:${ledger.collection}`;
    return {
        read() {
            try { return JSON.parse(localStorage.getItem(key)) ?? {}; } catch { return {}; }
        },
        write(views) {
            try { localStorage.setItem(key, JSON.stringify(views)); } catch { /* a full or private store keeps nothing */ }
        },
    };
}

const same = (search) => new URLSearchParams(Object.entries(search).filter(([key]) => key !== "page").sort()).toString();

export function SavedViews({ ledger }) {
    const store = shelf(ledger), [views, setViews] = useState(store.read()), now = same(query.value);
    const current = Object.keys(views).find((name) => same(views[name]) === now) ?? "";
    const keep = (next) => { store.write(next); setViews(next); };
    const open = (name) => setQuery({ ...Object.fromEntries(Object.keys(query.value).map((key) => [key, ""])), ...views[name] });
    const choose = async (event) => {
        const { value } = event.target;
        event.target.value = current;
        if (value === NEW) {
            const name = await askText({ title: "保存这个视图", text: "现在的筛选、次序和显示方式，只存在这台设备上。", label: "名称", yes: "保存" });
            if (name) keep({ ...views, [name]: { ...query.value, page: "" } });
        } else if (value === DROP) {
            if (!await confirm({ title: `要删除视图“${current}”吗？`, yes: "删除" })) return;
            const { [current]: gone, ...rest } = views;
            keep(rest);
        } else open(value);
    };
    return html`<label class="filter"><span>视图</span><select value=${current} onChange=${choose}>
        <option value="">${current ? "全部" : "未保存"}</option>
        ${Object.keys(views).map((name) => html`<option key=${name} value=${name} selected=${name === current}>${name}</option>`)}
        <option value=${NEW}>保存现在的筛选……</option>
        ${current && html`<option value=${DROP}>删除“${current}”……</option>`}</select></label>`;
}
