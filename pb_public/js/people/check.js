/**
 * check.js: what can be seen of a person's entries without the server, in the words
 * of whoever types. The server holds them to the same rules (hooks/people/rules_roster.go).
 *
 *   parseNumber(text)               { birth, gender } of a good identity number, else { wrong: "…" }
 *   checkPerson(values, { today, known })   errors by field; known: what is stored and masked
 *   early(join, full)               whether the probation was short, which has to be explained
 *   checkChange(before, values, today)      errors of a change of standing
 *   changed(before, values)         whether the standing changes, so that it is logged
 */
import { joined } from "./fields.js";

const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];

const real = (day) => {
    const at = new Date(day + "T00:00:00Z");
    return !Number.isNaN(at.getTime()) && at.toISOString().slice(0, 10) === day;
};

export function parseNumber(text) {
    const number = text.trim().toUpperCase();
    if (number.length !== 18) return { wrong: "身份证号应当是 18 位；没有的请留空，不要用别的数字代替。" };
    if (!/^\d{17}[\dX]$/.test(number)) return { wrong: "身份证号只能有数字，最后一位可以是 X。" };
    const birth = `${number.slice(6, 10)}-${number.slice(10, 12)}-${number.slice(12, 14)}`;
    if (!real(birth)) return { wrong: "身份证号中的出生日期不是真实的日期，请核对。" };
    const sum = WEIGHTS.reduce((all, weight, i) => all + weight * Number(number[i]), 0);
    if ("10X98765432"[sum % 11] !== number[17]) return { wrong: "身份证号的校验位不对，可能有一位写错了，请核对。" };
    return { birth, gender: Number(number[16]) % 2 ? "male" : "female" };
}

/** A day so many months later; where the month is shorter, its last. */
function addMonths(day, n) {
    const [year, month, date] = day.split("-").map(Number), first = new Date(Date.UTC(year, month - 1 + n, 1));
    const last = new Date(Date.UTC(first.getUTCFullYear(), first.getUTCMonth() + 1, 0)).getUTCDate();
    first.setUTCDate(Math.min(date, last));
    return first.toISOString().slice(0, 10);
}

const DAYS = { birth_date: "出生日期", join_date: "入党日期", full_date: "转正日期", lost_since: "失去联系日期" };

function checkDays(values, today) {
    const wrong = {};
    for (const [field, word] of Object.entries(DAYS)) if (values[field] > today) wrong[field] = `${word}不能晚于今天。`;
    return wrong;
}

function checkNumber({ id_no: text, birth_date: birth, gender }) {
    if (!text?.trim()) return {};
    const number = parseNumber(text);
    if (number.wrong) return { id_no: number.wrong };
    return {
        ...(birth && birth !== number.birth && { birth_date: "出生日期和身份证号不一致，请核对。" }),
        ...(gender && gender !== number.gender && { gender: "性别和身份证号不一致，请核对。" }),
    };
}

/** Whether somebody became a full member within twelve months. */
export const early = (join, full) => Boolean(join && full && full < addMonths(join, 12));

function checkParty({ kind, birth_date: birth, join_date: join, full_date: full, full_note: note }) {
    if (!joined(kind)) return {};
    if (kind === "probationary" && full) return { full_date: "预备党员还没有转正日期；已经转正的请把身份改为正式党员。" };
    if (full && !join) return { join_date: "填写了转正日期，也要填写入党日期。" };
    return {
        ...(birth && join && join < addMonths(birth, 18 * 12) && { join_date: "入党时不满 18 周岁，请核对入党日期和出生日期。" }),
        ...(full && full < join ? { full_date: "转正日期不能早于入党日期。" }
            : early(join, full) && !note.trim() && { full_note: "预备期不满 12 个月，请写明依据。" }),
    };
}

function checkWays({ kind, number, mobile, tel }, known) {
    const none = kind !== "service" && !number.trim() && !(mobile === undefined ? known.mobile : mobile.trim());
    return {
        ...(none && { number: "工号和手机号至少填一样，登录时要用。" }),
        ...(number && !/^[A-Za-z0-9]{1,20}$/.test(number.trim()) && { number: "工号只用字母和数字，不超过 20 个。" }),
        ...(mobile && !/^1[3-9]\d{9}$/.test(mobile.trim()) && { mobile: "手机号是 1 开头的 11 位数字，请核对。" }),
        ...(tel && !/^[0-9+() -]{5,25}$/.test(tel.trim()) && { tel: "固定电话只用数字和横线，例如 010-55501234。" }),
    };
}

const checkWhereabouts = ({ lost, lost_since: since, floating, flow_to: to }) => ({
    ...(lost && !since && { lost_since: "请填写失去联系的日期。" }),
    ...(floating && !to.trim() && { flow_to: "请填写外出流向，写到县区。" }),
});

export const checkPerson = (values, { today, known = {} }) => ({
    ...checkDays(values, today), ...checkNumber(values), ...checkParty(values), ...checkWays(values, known), ...checkWhereabouts(values),
});

const STANDING = ["org", "kind", "state", "membership_state", "lost", "floating"];

export const changed = (before, values) => STANDING.some((field) => field in values && (before[field] ?? "") !== values[field]);

export function checkChange(before, values, today) {
    const { status_since: since, status_reason: reason, status_document: document } = values;
    const stopped = values.membership_state === "stopped" && before.membership_state !== "stopped";
    const removed = values.state === "removed" && before.state !== "removed", what = removed ? "出党" : "停止党籍";
    return {
        ...(since > today && { status_since: "生效日期还没有到，请在当天登记。" }),
        ...((stopped || removed) && !reason?.trim() && { status_reason: `${what}须由组织决定，请填写原因。` }),
        ...((stopped || removed) && !document?.trim() && { status_document: `${what}须由组织决定，请填写决定的文号。` }),
    };
}
