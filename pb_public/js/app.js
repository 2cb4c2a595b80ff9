/**
 * app.js: the routes and the signed-in shell (header, navigation, connection).
 */
import { html, render, effect, signal, computed, untracked, Component } from "./lib/lib.js";
import { expired, mustChange, mustEnrol } from "./lib/api.js";
import { live, link } from "./lib/live.js";
import { busy, current, go, reload, routes } from "./lib/router.js";
import { canAny, me, refresh, start } from "./lib/session.js";
import { SizeSwitch } from "./ui/display.js";
import * as home from "./home/home.js";

const VIEWS = {
    "/": async () => home,
    "/login": () => import("./login/login.js"),
    "/password": () => import("./login/password.js"),
    "/duties/:id": () => import("./duties/one.js"),
    "/inbox": () => import("./notify/inbox.js"),
    "/notify/settings": () => import("./notify/settings.js"),
    "/notify/deliveries": () => import("./notify/deliveries.js"),
    "/approvals": () => import("./approvals/inbox.js"),
    "/approvals/mine": () => import("./approvals/mine.js"),
    "/approvals/new": () => import("./approvals/new.js"),
    "/approvals/new/:kind": () => import("./approvals/apply.js"),
    "/approvals/new/:kind/:id": () => import("./approvals/apply.js"),
    "/approvals/delegations": () => import("./approvals/delegations.js"),
    "/approvals/:id": () => import("./approvals/one.js"),
    "/me": () => import("./me/me.js"),
    "/me/seen": () => import("./me/seen.js"),
    "/me/devices": () => import("./me/devices.js"),
    "/me/totp": () => import("./me/totp.js"),
    "/more": () => import("./me/more.js"),
    "/plan": () => import("./plan/board.js"),
    "/plan/items/:id": () => import("./plan/item.js"),
    "/plan/timeline": () => import("./plan/timeline.js"),
    "/plan/imports": () => import("./plan/imports.js"),
    "/plan/imports/:id": () => import("./plan/import.js"),
    "/people": () => import("./people/list.js"),
    "/people/twins": () => import("./people/twins.js"),
    "/people/:id": () => import("./people/one.js"),
    "/transfers": () => import("./transfers/list.js"),
    "/transfers/new": () => import("./transfers/new.js"),
    "/transfers/:id": () => import("./transfers/one.js"),
    "/transfers/:id/letter": () => import("./transfers/letter.js"),
    "/org": () => import("./org/tree.js"),
    "/documents": () => import("./documents/list.js"),
    "/documents/issues": () => import("./documents/issues.js"),
    "/documents/:id": () => import("./documents/one.js"),
    "/declarations/reports/:id": () => import("./declarations/paper.js"),
    "/points": () => import("./points/mine.js"),
    "/points/people/:id": () => import("./points/mine.js"),
    "/points/claim": () => import("./points/claim.js"),
    "/points/review": () => import("./points/review.js"),
    "/points/branch": () => import("./points/branch.js"),
    "/points/rules": () => import("./points/rules.js"),
    "/points/rules/:id": () => import("./points/rule.js"),
    "/points/periods": () => import("./points/periods.js"),
    "/points/periods/:id": () => import("./points/period.js"),
    "/points/appeals": () => import("./points/appeals.js"),
    "/points/appeals/:id": () => import("./points/appeal_one.js"),
    "/ledgers": () => import("./ledgers/overview.js"),
    "/ledgers/:collection": () => import("./ledgers/list.js"),
    "/ledgers/:collection/new": () => import("./ledgers/edit.js"),
    "/ledgers/:collection/:id": () => import("./ledgers/record.js"),
    "/ledgers/:collection/:id/edit": () => import("./ledgers/edit.js"),
    "/dues": () => import("./dues/mine.js"),
    "/dues/mine/:month/:level": () => import("./dues/mine.js"),
    "/dues/people/:person": () => import("./dues/mine.js"),
    "/dues/receipts/:id": () => import("./dues/receipt.js"),
    "/dues/grid": () => import("./dues/grid.js"),
    "/dues/entry": () => import("./dues/entry.js"),
    "/dues/payments": () => import("./dues/payments.js"),
    "/dues/arrears": () => import("./dues/arrears.js"),
    "/dues/arrears/:person/:month/:level": () => import("./dues/arrears.js"),
    "/dues/bases": () => import("./dues/bases.js"),
    "/dues/bases/:id": () => import("./dues/base.js"),
    "/dues/assess/:org/:year": () => import("./dues/bases.js"),
    "/dues/closing": () => import("./dues/closing.js"),
    "/dues/rates": () => import("./dues/rates.js"),
    "/dues/account": () => import("./dues/account.js"),
    "/dues/remittances/:id": () => import("./dues/account.js"),
    "/dues/disclosures": () => import("./dues/disclosures.js"),
    "/dues/disclosures/:id": () => import("./dues/disclosure.js"),
    "/exchange": () => import("./exchange/list.js"),
    "/exchange/:collection": () => import("./exchange/wizard.js"),
    "/audit": () => import("./audit/list.js"),
    "/me/records": () => import("./audit/mine.js"),
};

/** [path, word, icon, powers one of which is needed, place in the phone's tab bar] */
const PLACES = [
    ["/", "首页", "M3 11l9-8 9 8v10h-6v-6H9v6H3z", [], 1],
    ["/plan", "工作要点", "M4 5h16M4 12h16M4 19h10", ["plan"], 2],
    ["/documents", "文件", "M6 3h9l4 4v14H6zM14 3v5h5M9 13h7M9 17h7", ["documents"], 0],
    ["/people", "党员", "M9 11a4 4 0 100-8 4 4 0 000 8zM2 21c0-4 3-6 7-6s7 2 7 6M16 4a4 4 0 010 7M18 15c3 .6 4 3 4 6", ["people"], 0],
    ["/transfers", "转接", "M4 8h13M13 4l4 4-4 4M20 16H7M11 12l-4 4 4 4", [], 0],
    ["/org", "组织", "M9 3h6v5H9zM3 16h6v5H3zM15 16h6v5h-6zM12 8v4M6 16v-4h12v4", ["org", "people", "plan"], 0],
    ["/dues", "党费", "M12 3a9 9 0 100 18 9 9 0 000-18zM8.5 7.5L12 12l3.5-4.5M12 12v5M9 12.5h6M9 15h6", [], 0],
    ["/approvals", "审批", "M5 4h14v16H5zM9 9h6M9 13h6M8 17l2 2 4-4", ["approvals", "plan.submit", "plan.accept"], 0],
    ["/points", "积分", "M12 3l2.6 5.6 6.1.7-4.5 4.2 1.2 6L12 16.5 6.6 19.5l1.2-6-4.5-4.2 6.1-.7z", [], 0],
    ["/ledgers", "台账", "M5 3h14v18H5zM9 3v18M12 8h4M12 12h4", [], 0],
    ["/exchange", "导入导出", "M8 3v13M4 12l4 4 4-4M16 21V8M12 12l4-4 4 4", ["people.edit", "documents.edit", "org"], 0],
    ["/audit", "留痕", "M12 7v5l3 2M4 12a8 8 0 108-8 8 8 0 00-6 3M4 4v4h4", ["audit"], 0],
    ["/inbox", "收件箱", "M3 13l3-9h12l3 9v7H3zM3 13h5l1.5 3h5L16 13h5", [], 3],
    ["/more", "更多", "M5 5h5v5H5zM14 5h5v5h-5zM5 14h5v5H5zM14 14h5v5h-5z", [], 4],
    ["/me", "我的", "M12 12a4 4 0 100-8 4 4 0 000 8zM4 21c0-4 4-6 8-6s8 2 8 6", [], 5],
];

/** What belongs to a place besides its own path. */
const NEIGHBOURS = { "/": /^\/($|duties)/, "/me": /^\/(me|notify|password)(\/|$)/ };

export const places = computed(() => PLACES.filter(([, , , powers]) => !powers.length || canAny(...powers)));
const unread = signal(null);
const signedOut = (path) => path === "/login" || path === "/password";

/** Where somebody must go instead; null when they may go where they want to. */
function guard(path) {
    if (mustChange.value) return path === "/password" ? null : "/password";
    if (mustEnrol.value && me.value && !expired.value) return path === "/me/totp" ? null : "/me/totp";
    const outside = !me.value || expired.value;
    if (path === "/login") return outside ? null : "/";
    if (!outside) return null;
    return path === "/" ? "/login" : "/login?to=" + encodeURIComponent(location.hash.slice(1));
}

function Navigation() {
    const path = current.value?.path ?? "/", fresh = unread.value?.rows.value?.length ?? 0;
    const inside = (place) => (NEIGHBOURS[place] ?? new RegExp("^" + place + "(/|$)")).test(path);
    return html`<nav class="tabs" aria-label="主导航">${places.value.map(([place, word, icon, , tab]) => html`
        <a key=${place} href=${"#" + place} class=${tab ? "" : "desk"} data-place=${place.slice(1) || "home"} aria-current=${inside(place) ? "page" : undefined}>
            <svg viewBox="0 0 24 24" aria-hidden="true"><path d=${icon}/></svg><span>${word}</span>
            ${place === "/inbox" && fresh > 0 && html`<span class="count" aria-label=${`${fresh} 条未读`}>${fresh > 99 ? "99+" : fresh}</span>`}
        </a>`)}</nav>`;
}

const LINK = { live: "已连接，内容会自动更新。", connecting: "正在连接……", off: "连接已断开，正在重连，内容可能不是最新的。" };

/** Keeps a broken view from taking the shell with it. */
class Fence extends Component {
    componentDidCatch(error) {
        console.error(error);
        this.setState({ broken: true });
    }

    render({ children }, { broken }) {
        return broken ? html`<div class="empty" role="alert"><p class="empty-title">这一页出了问题，请刷新后再试。</p></div>` : children;
    }
}

const Failed = ({ message, onRetry }) => html`<div class="empty" role="alert"><h1>${message}</h1>
    <p class="actions"><button type="button" onClick=${onRetry}>再试一次</button><a class="btn" href="#/">回到首页</a></p></div>`;

function Page() {
    const { View, data, params, path, failure } = current.value;
    if (failure) return html`<${Failed} message=${failure} onRetry=${reload}/>`;
    return html`<${Fence} key=${path}><${View} data=${data} params=${params}/><//>`;
}

function App() {
    if (!current.value) return null;
    const inside = me.value && !signedOut(current.value.path);
    const skip = (event) => { event.preventDefault(); document.getElementById("main").focus(); };
    return html`<div class=${inside ? "shell inside" : "shell"}>
        <a class="skip" href="#main" onClick=${skip}>跳到正文</a>
        <header class="top"><p class="brand"><b>要点</b>${inside && html`<span>${me.value.person.org?.name}</span>`}</p><${SizeSwitch}/></header>
        ${inside && html`<${Navigation}/>`}
        <main id="main" tabindex="-1" aria-busy=${busy.value ? "true" : "false"}>
            <${Page}/>
            ${inside && !mustEnrol.value && html`<p class="link ${link.value}" role="status">${LINK[link.value]}</p>`}
        </main>
        ${busy.value && html`<p class="busy" role="status"><span>正在打开……</span></p>`}
    </div>`;
}

/** The number beside 收件箱 is a live list of its own, for as long as somebody is signed in. */
function followInbox(person) {
    unread.value?.stop();
    unread.value = person && live("notify_messages", {
        filter: 'read_at = ""', keep: (message) => !message.read_at, fields: "id,read_at",
    });
    unread.value?.ready.catch(() => {});
}

async function begin() {
    const app = document.getElementById("app");
    try {
        await start();
    } catch ({ message }) {
        const main = document.getElementById("main");
        main.textContent = "";
        return render(html`<${Failed} message=${message} onRetry=${() => location.reload()}/>`, main);
    }
    let person = null;
    effect(() => {
        const now = mustChange.value ? null : me.value?.person.id ?? null;
        if (now === person) return;
        person = now;
        untracked(() => followInbox(person));
    });
    await routes(VIEWS, guard);
    app.textContent = "";
    render(html`<${App}/>`, app);

    effect(() => { if (expired.value) go("/login?to=" + encodeURIComponent(location.hash.slice(1) || "/")); });
    effect(() => { if (mustChange.value) go("/password"); });
    effect(() => { if (mustEnrol.value) go("/me/totp"); });
    let connects = 0;
    effect(() => { if (link.value === "live" && connects++) refresh().catch(() => {}); });
}

begin();
