// The admin UI in Chinese, as far as PocketBase opens it: navigation, a link to
// the workbench, a page for the administrator. The extension API is
// experimental, so nothing may depend on this file; without it the UI works.

const words = {
    "Collections": "数据表", "Logs": "日志", "Settings": "设置",
    "System": "系统", "Sync": "同步", "Debug": "调试",
    "Application": "应用", "Mail settings": "邮件", "Files storage": "文件存储", "Backups": "备份",
    "Crons": "定时任务", "Export collections": "导出表结构", "Import collections": "导入表结构",
    "SQL console": "SQL 控制台", "Docs": "文档（英文）",
};
const zh = (word) => words[word] ?? word;
const renamed = (links) => links.map((link) => ({ ...link, label: zh(link.label) }));

app.store.headerLinks = [
    { href: "/", icon: "ri-layout-grid-line", label: "工作台" },
    { href: "#/guide", icon: "ri-book-open-line", label: "管理员须知" },
    ...renamed(app.store.headerLinks),
];
app.store.settingsNavGroups = Object.fromEntries(
    Object.entries(app.store.settingsNavGroups).map(([group, links]) => [zh(group), renamed(links)]),
);
app.store.creditLinks = renamed(app.store.creditLinks);

// PocketBase hides the import of schemas by the English name of its group.
document.head.append(t.style({}, `.app.hide-controls .settings-sidebar [data-group="同步"] { display: none; }`));

/** Where the own collections of an administrator are shown. */
const OTHER = { prefix: "", name: "本单位自建", what: "在浏览器里建立的数据表。", collections: {} };

/** Capabilities with their collections, as the schema has them now. */
function byCapability(capabilities, collections) {
    const groups = [...capabilities, OTHER].map((c) => ({ ...c, rows: [] }));
    for (const c of collections.filter((c) => !c.system)) {
        const home = groups.find((g) => g.prefix && (c.name == g.prefix || c.name.startsWith(g.prefix + "_")));
        (home ?? groups.at(-1)).rows.push(c);
    }
    for (const g of groups) {
        const order = Object.keys(g.collections);
        g.rows.sort((a, b) => order.indexOf(a.name) - order.indexOf(b.name));
    }
    return groups.filter((g) => g.rows.length);
}

/** One collection: what it is for, how many records, each field with its help. */
function collectionRow(collection, what, totals) {
    const fields = collection.fields.filter((f) => f.help);
    return t.details(
        { className: "guide-row" },
        t.summary(
            {},
            t.strong({}, collection.name),
            t.span({ className: "txt-hint" }, () => totals[collection.name] === undefined ? "" : `　${totals[collection.name]} 条　`),
            t.span({}, what ?? "（没有说明）"),
        ),
        t.ul({}, fields.map((f) => t.li({}, t.code({}, f.name), "　", f.help))),
        t.a({ href: `#/collections?collection=${collection.name}`, className: "btn sm outline" }, "打开这个表"),
    );
}

function countRecords(totals) {
    for (const c of app.store.collections.filter((c) => !c.system && c.type != "view")) {
        app.pb.collection(c.name).getList(1, 1, { fields: "id", requestKey: null })
            .then((page) => totals[c.name] = page.totalItems)
            .catch(() => {});
    }
}

const rules = [
    "日常办理请走“工作台”，用自己的工号登录；这里只用来改表结构、改职务权限、看日志、做备份。",
    "在这里改记录，同样要守系统的规则：已验收的佐证、已产生的履行，管理员也不能改。",
    "改表结构：先在测试环境加 --automigrate 启动，改动会写成 pb_migrations 里的文件，看过以后再放到正式环境。",
    "权限只看任职。要给某人权限，请在 org_posts 里加一条任职；不要给办事人员系统管理员账号。",
    "备份：设置 → 备份，定好每天的时间和保留份数；每季度试一次恢复。",
];

app.routes.superuserOnly("#/guide", async () => {
    app.store.title = "管理员须知";
    const capabilities = await fetch(app.pb.buildURL("/_/extensions/yaodian/collections.json"))
        .then((r) => r.ok ? r.json() : []).catch(() => []);
    const totals = store({});
    const stop = watch(() => app.store.collections.length, (n) => n && countRecords(totals));

    return t.div(
        { pbEvent: "pageGuide", className: "page", onunmount: () => stop?.unwatch?.() },
        t.style({}, ".guide-row{padding:8px 0;border-top:1px solid var(--surfaceAlt2Color,#ddd)}.guide-row summary{cursor:pointer}.guide-row ul{margin:8px 0 8px 20px}"),
        t.div(
            { className: "page-content full-height" },
            t.header({ className: "page-header" }, t.nav({ className: "breadcrumbs" }, t.div({ className: "breadcrumb-item" }, "管理员须知"))),
            t.div(
                { className: "wrapper m-b-base" },
                t.ol({}, rules.map((r) => t.li({}, r))),
                () => byCapability(capabilities, app.store.collections).map((g) => t.section(
                    {},
                    t.h2({ className: "m-t-base" }, g.name),
                    t.p({ className: "txt-hint" }, g.what),
                    g.rows.map((c) => collectionRow(c, g.collections[c.name], totals)),
                )),
            ),
        ),
    );
});
