/**
 * rrule.js: how often, between the few choices of a form, RFC 5545 and words.
 *
 *   readRule("FREQ=MONTHLY;BYMONTHDAY=20")   → { every: "month", day: "20" }
 *   writeRule({ every: "week", weekday: "FR" }) → "FREQ=WEEKLY;BYDAY=FR"
 *   sayRule("FREQ=MONTHLY;INTERVAL=3")       → 每季度
 *
 *   every   once, week, month, quarter, half, year, times (so many in the year), raw
 *   weekday MO…SU        day 1…31 or -1, the last        month 1… within the period
 *   count   with times   raw  what the choices can't say
 * A period without a day is due at its end.
 */
export const EVERY = [
    ["once", "全年一次"], ["week", "每周"], ["month", "每月"], ["quarter", "每季度"], ["half", "每半年"], ["year", "每年"],
    ["times", "全年若干次"], ["raw", "其他（RRULE）"],
];

export const WEEKDAYS = [["MO", "周一"], ["TU", "周二"], ["WE", "周三"], ["TH", "周四"], ["FR", "周五"], ["SA", "周六"], ["SU", "周日"]];

/** Months of a period: within a quarter, half a year, a year. */
export const MONTHS = { quarter: 3, half: 6, year: 12 };

const parts = (rrule) => Object.fromEntries(rrule.split(";").map((part) => part.split("=")));
const INTERVALS = { 1: "month", 3: "quarter", 6: "half" };
const DAY = /^(-1|[1-9]|[12]\d|3[01])$/;

/** The months of one position in every period, for example 3,6,9,12. */
const monthsOf = (every, month) => {
    const length = MONTHS[every];
    return Array.from({ length: 12 / length }, (_, i) => i * length + Number(month)).join(",");
};

function readMonths(months, day) {
    const first = months.split(",")[0];
    for (const every of Object.keys(MONTHS)) {
        const month = String(Number(first));
        if (Number(first) <= MONTHS[every] && monthsOf(every, month) === months) return { every, month, day };
    }
    return null;
}

function readParts({ FREQ, INTERVAL = "1", BYDAY, BYMONTHDAY: day = "", BYMONTH, COUNT, ...rest }) {
    if (Object.keys(rest).length || (day && !DAY.test(day))) return null;
    if (COUNT) return FREQ === "YEARLY" && INTERVAL === "1" && !BYDAY && !day && !BYMONTH ? { every: "times", count: COUNT } : null;
    if (FREQ === "WEEKLY" && INTERVAL === "1" && !day && !BYMONTH) {
        return !BYDAY ? { every: "week", weekday: "" } : WEEKDAYS.some(([code]) => code === BYDAY) ? { every: "week", weekday: BYDAY } : null;
    }
    if (BYDAY) return null;
    if (BYMONTH && INTERVAL === "1" && (FREQ === "MONTHLY" || FREQ === "YEARLY")) return readMonths(BYMONTH, day);
    if (BYMONTH) return null;
    if (FREQ === "MONTHLY" && INTERVALS[INTERVAL]) {
        return INTERVAL === "1" || !day ? { every: INTERVALS[INTERVAL], day, month: "" } : null;
    }
    return FREQ === "YEARLY" && INTERVAL === "1" && !day ? { every: "year", month: "", day: "" } : null;
}

export function readRule(rrule) {
    if (!rrule) return { every: "once" };
    return readParts(parts(rrule)) ?? { every: "raw", raw: rrule };
}

const BASE = {
    month: "FREQ=MONTHLY", quarter: "FREQ=MONTHLY;INTERVAL=3", half: "FREQ=MONTHLY;INTERVAL=6", year: "FREQ=YEARLY",
};

export function writeRule({ every, weekday, day, month, count, raw }) {
    if (every === "once") return "";
    if (every === "raw") return (raw ?? "").trim().replace(/^RRULE:/i, "").toUpperCase();
    if (every === "times") return `FREQ=YEARLY;COUNT=${count || 2}`;
    if (every === "week") return "FREQ=WEEKLY" + (weekday ? ";BYDAY=" + weekday : "");
    const on = day ? ";BYMONTHDAY=" + day : "";
    if (every === "month") return BASE.month + on;
    return month ? `FREQ=YEARLY;BYMONTH=${monthsOf(every, month)}${on}` : BASE[every];
}

const NUMERALS = ["", "一", "二", "三", "四", "五", "六"];
const dayWord = (day) => (day === "-1" ? "最后一天" : day ? `${day} 日` : "");

function sayMonth({ every, month, day }) {
    if (!month) return "";
    if (every === "year") return ` ${month} 月${dayWord(day) ? " " + dayWord(day) : "底前"}`;
    return `第${NUMERALS[month]}个月${dayWord(day) ? " " + dayWord(day) : "底前"}`;
}

export function sayRule(rrule) {
    const rule = readRule(rrule), word = EVERY.find(([code]) => code === rule.every)[1];
    switch (rule.every) {
        case "once": return word;
        case "times": return `全年 ${rule.count} 次`;
        case "week": return word + (WEEKDAYS.find(([code]) => code === rule.weekday)?.[1].slice(1) ?? "");
        case "month": return word + (rule.day ? " " + dayWord(rule.day) : "");
        case "raw": return sayRaw(rrule);
        default: return word + sayMonth(rule);
    }
}

/** The few shapes that the parser reads beyond the choices; else the rule itself. */
function sayRaw(rrule) {
    const { FREQ, INTERVAL = "1", BYDAY = "", BYMONTH, ...rest } = parts(rrule);
    if (Object.keys(rest).length) return rrule;
    if (BYMONTH) return BYDAY || INTERVAL !== "1" ? rrule : `每年 ${BYMONTH.replace(/,/g, "、")} 月`;
    if (BYDAY === "MO,TU,WE,TH,FR") return "每个工作日";
    const nth = /^([1-4])(\w\w)$/.exec(BYDAY);
    if (FREQ === "MONTHLY" && INTERVAL === "1" && nth) return `每月第${NUMERALS[nth[1]]}个${WEEKDAYS.find(([code]) => code === nth[2])[1]}`;
    if (BYDAY) return rrule;
    return { WEEKLY: `每 ${INTERVAL} 周`, MONTHLY: `每 ${INTERVAL} 个月`, DAILY: INTERVAL === "1" ? "每天" : `每 ${INTERVAL} 天` }[FREQ] ?? rrule;
}
