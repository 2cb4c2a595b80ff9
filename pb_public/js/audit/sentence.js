/**
 * sentence.js: an entry of the trail as a sentence, and its changes as lines.
 *
 *   sentence(entry, words)   林知夏把孙党员的手机号改了（不显示内容）。
 *   changes(entry, words)    [{ field, label, text }], empty when the sentence has said it all
 */
import { ACTIONS, ACTORS, JOBS, METHODS, QUIET } from "./words.js";

export function actorOf({ actor_kind: kind, actor_name: name }) {
    if (kind === "system") return name ? `系统（${JOBS[name] ?? name}）` : "系统";
    return name || ACTORS[kind] || "有人";
}

const quoted = (text) => `“${text}”`;

/** What the record is called: a person by name, anything else by name and kind. */
function thing({ collection, label, changes, subject_person: subject }, words) {
    if (collection === "people" && label) return label;
    if (label) return `${quoted(label)}（${words.title(collection)}）`;
    const person = words.person(changes?.person?.[1] || changes?.person?.[0] || subject);
    return person ? `${person}的${words.title(collection)}` : `一条${words.title(collection)}`;
}

const shown = ({ changes }) => Object.entries(changes ?? {}).filter(([name]) => !QUIET.has(name));
const closed = (values) => values.length < 2;

function updated(entry, words, who, what) {
    if (entry.collection === "exchange_imports" && entry.reason) return imported(entry, who);
    const fields = shown(entry), [first] = fields;
    if (!first) return `${who}更新了${what}。`;
    const label = words.label(entry.collection, first[0]);
    if (fields.length > 1) return `${who}改了${what}的 ${fields.length} 项内容。`;
    if (closed(first[1])) return `${who}把${what}的${label}改了（不显示内容）。`;
    const [from, to] = first[1].map((value) => words.value(entry.collection, first[0], value));
    return `${who}把${what}的${label}由“${from}”改为“${to}”。`;
}

/** Who has opened whose sensitive fields: people read this one. */
function looked({ changes = {}, label }, words, who) {
    const fields = changes.shown ? words.value("people_reveals", "shown", changes.shown[1]) : "敏感信息";
    return `${who}查看了${words.person(changes.person?.[1]) || "一个人"}的${fields}，理由：${label}。`;
}

const reasonOf = ({ reason }) => (reason ? `，${reason.replace(/。$/, "")}` : "");

const imported = ({ label, reason }, who) => `${who}办理了${quoted(label)}的导入。${reason}`;

const SAY = {
    create: (entry, words, who, what) => (entry.collection === "people_reveals" ? looked(entry, words, who) : `${who}新增了${what}。`),
    update: updated,
    delete: (entry, words, who, what) => `${who}删除了${what}。`,
    decision: (entry, words, who, what) => `${who}对${what}作出了决定${reasonOf(entry)}。`,
    reveal: (entry, words, who, what) => `${who}查看了${what}的敏感信息${reasonOf(entry)}。`,
    export: (entry, words, who) => `${who}导出了${quoted(entry.label)}${reasonOf(entry)}。`,
    signin: (entry, words, who) => `${who}${METHODS[entry.reason] ?? ""}登录了。`,
    signin_failed: ({ label, origin }) => `${label || "有人"}登录没有成功${origin ? `（来自 ${origin}）` : ""}。`,
    impersonate: (entry, words, who, what) => `${who}取得了代${what}登录的令牌。`,
    sql: (entry, words, who) => `${who}执行了 SQL${reasonOf(entry)}。`,
    backup: ({ label, reason }, words, who) => `${who}办理了备份${label ? quoted(label) : ""}：${reason}`,
    archive: ({ record }, words, who) => `${who}把第 ${record} 条以前的留痕存了档。`,
};

export function sentence(entry, words) {
    const behalf = entry.on_behalf && words.person(entry.on_behalf), who = actorOf(entry) + (behalf ? `代${behalf}` : "");
    return (SAY[entry.action] ?? (() => `${who}${ACTIONS[entry.action] ?? entry.action}了一条记录。`))(entry, words, who, thing(entry, words));
}

/** A sentence holds one change; more stand below it. What is new is told in full. */
export function changes(entry, words) {
    const fields = shown(entry);
    if (!["create", "update", "delete"].includes(entry.action) || entry.action === "update" && fields.length < 2) return [];
    return fields.map(([field, values]) => {
        const label = words.label(entry.collection, field);
        if (closed(values)) return { field, label, text: "不显示内容" };
        const [from, to] = values.map((value) => words.value(entry.collection, field, value));
        return { field, label, text: { create: to, delete: from, update: `${from} → ${to}` }[entry.action] };
    });
}
