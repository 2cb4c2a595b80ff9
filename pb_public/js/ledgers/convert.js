/**
 * convert.js: between what the server keeps and what a person enters.
 *
 *   enter(field, value)    what stands in the box of a form
 *   keep(field, entered)   what is sent
 *   fault(field, entered)  why it can't be sent, or ""
 *   read(field, text)      a cell of a table as people write it → { value } or { fault }; relations aside
 */
import { dateOf } from "../lib/format.js";
import { plain } from "./values.js";

const clock = new Intl.DateTimeFormat("en-GB", { timeZone: "Asia/Shanghai", hour: "2-digit", minute: "2-digit" });
const instant = (local) => new Date(`${local.length === 10 ? local + "T00:00" : local.replace(" ", "T")}:00+08:00`);
const digits = (text) => String(text ?? "").replace(/[,，\s元￥¥]/g, "");

/** A text whose formatting a plain box would lose. */
export const formatted = (html) => /<(?!\/?(p|br)\b)[a-z]/i.test(html ?? "");

const escape = (text) => text.replace(/[&<>]/g, (sign) => ({ "&": "&amp;", "<": "&lt;", ">": "&gt;" })[sign]);

const ENTER = {
    money: (fen) => (fen == null || fen === "" ? "" : (fen / 100).toFixed(2)),
    number: (n) => (n == null ? "" : String(n)),
    moment: (value) => (value ? `${dateOf(value)}T${clock.format(new Date(value.replace(" ", "T")))}` : ""),
    json: (value) => (value == null ? "" : JSON.stringify(value, null, 2)),
    editor: plain,
    geoPoint: (value) => (value ? `${value.lon},${value.lat}` : ""),
    choices: (value) => value ?? [],
    bool: Boolean,
};

export const enter = (field, value) => (ENTER[field.kind] ? ENTER[field.kind](value) : value ?? (field.many ? [] : ""));

const KEEP = {
    money: (text) => (digits(text) === "" ? null : Math.round(Number(digits(text)) * 100)),
    number: (text) => (digits(text) === "" ? null : Number(digits(text))),
    moment: (text) => (text ? instant(text).toISOString().replace("T", " ") : ""),
    json: (text) => (text.trim() ? JSON.parse(text) : null),
    editor: (text) => text.split(/\n+/).filter((line) => line.trim()).map((line) => `<p>${escape(line)}</p>`).join(""),
    geoPoint: (text) => { const [lon = 0, lat = 0] = text.split(/[,，]/).map(Number); return { lon, lat }; },
};

export const keep = (field, entered) => (KEEP[field.kind] ? KEEP[field.kind](entered ?? "") : typeof entered === "string" ? entered.trim() : entered);

const FAULTS = {
    money: (text) => digits(text) !== "" && !/^-?\d+(\.\d{1,2})?$/.test(digits(text)) && "请填写金额，单位元，最多两位小数，例如 12.50。",
    number: (text) => digits(text) !== "" && Number.isNaN(Number(digits(text))) && "请填写数字。",
    month: (text) => text && !/^20\d\d-(0[1-9]|1[0-2])$/.test(text) && "请填写月份，例如 2026-03。",
    email: (text) => text && !/^\S+@\S+\.\S+$/.test(text) && "邮箱写得不对，例如 name@example.com。",
    url: (text) => text && !/^https?:\/\/\S+$/.test(text) && "网址要以 http:// 或 https:// 开头。",
    json: (text) => { try { if (text?.trim()) JSON.parse(text); return ""; } catch { return "内容不是正确的 JSON。"; } },
};

export const fault = (field, entered) => FAULTS[field.kind]?.(entered) || "";

const pad = (n) => n.padStart(2, "0");

/** 2026/3/1, 2026.3.1, 2026年3月1日, 20260301 → 2026-03-01 */
export function readDate(text) {
    const [, year, month, day] = /^(20\d\d)\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})/.exec(text) ?? /^(20\d\d)(\d\d)(\d\d)$/.exec(text) ?? [];
    return year ? `${year}-${pad(month)}-${pad(day)}` : "";
}

const words = (text) => text.split(/[、，,;；\s]+/).filter(Boolean);
const option = ({ options }, word) => options.find((one) => one.word === word || one.value === word)?.value;

const READ = {
    date: (text) => readDate(text) || { fault: "日期看不懂，请写成 2026-03-01。" },
    moment: (text) => { const date = readDate(text), [time = ""] = /\d{1,2}:\d\d/.exec(text) ?? []; return date ? `${date}T${time ? time.padStart(5, "0") : "00:00"}` : { fault: "时间看不懂，请写成 2026-03-01 09:30。" }; },
    month: (text) => { const [, year, month] = /^(20\d\d)\s*[-/.年]\s*(\d{1,2})/.exec(text) ?? []; return year ? `${year}-${pad(month)}` : { fault: "月份看不懂，请写成 2026-03。" }; },
    bool: (text) => /^(是|有|对|√|✓|1|true|y(es)?)$/i.test(text),
    choice: (text, field) => option(field, text) ?? { fault: `没有“${text}”这一项。` },
    choices: (text, field) => { const values = words(text).map((word) => option(field, word)); return values.includes(undefined) ? { fault: `“${text}”里有没有的项。` } : values; },
};

export function read(field, text) {
    if (!text) return { value: enter(field, undefined) };
    const value = READ[field.kind] ? READ[field.kind](text, field) : text, wrong = value?.fault ?? fault(field, value);
    return wrong ? { fault: wrong } : { value };
}
