/**
 * words.js: the words of points (积分), and how points are written.
 *
 *   points(20) → "2"      signed(20) → "+2"       points are kept in tenths
 *   CATEGORIES[category], PLACINGS[category], CLAIMS[state] and the like → word or [word, tone]
 *   sourceOf(line)        where the record behind an entry is shown
 */
export const points = (tenths) => String(Math.round(tenths) / 10);
export const signed = (tenths) => (tenths > 0 ? "+" : "") + points(tenths);

export const CATEGORIES = {
    study: "学习教育", org_life: "组织生活", theme_day: "主题党日", dues: "党费", volunteer: "志愿服务",
    help: "联系帮扶", pledge: "承诺践诺", honor: "表彰", other: "其他", deduction: "扣分",
};
export const PLACINGS = { backbone: "骨干", ordinary: "普通", flow: "流动", special: "特殊（不扣缺席）" };
export const PER = { month: "每月", quarter: "每季度", year: "每年" };
export const RULES = { draft: ["草拟", "warn"], active: ["启用", "ok"], ended: ["停用", "off"] };
export const CLAIMS = { draft: ["草稿", "warn"], pending: ["审核中", "wait"], approved: ["已通过", "ok"], rejected: ["未通过", "off"], revoked: ["已撤销", "off"] };
export const PERIODS = { open: ["未公示", "off"], published: ["公示中", "wait"], locked: ["已锁定", "ok"] };
export const APPEALS = { open: ["待答复", "wait"], answered: ["支部已答复", "warn"], escalated: ["已报党工委", "wait"], settled: ["已办结", "ok"] };
export const OUTCOMES = { kept: "维持", reversed: "更正" };

export const sourceOf = ({ collection, source }) => `#/ledgers/${collection}/${source}`;

/** What a cap says: "每年最多 12 分". */
export const capOf = ({ cap, cap_per: per }) => (cap ? `${PER[per] ?? ""}最多 ${points(cap)} 分` : "不单独封顶");

/** What a rule gives: "+1 分/小时". */
export const worth = ({ value, unit }) => `${signed(value)} 分${unit ? `/${unit}` : ""}`;

/** The last four quarters that are over, the latest first. */
export function quartersBefore(today) {
    let year = Number(today.slice(0, 4)), n = Math.ceil(Number(today.slice(5, 7)) / 3);
    return [0, 1, 2, 3].map(() => {
        n -= 1;
        if (n === 0) { n = 4; year -= 1; }
        return `${year}-Q${n}`;
    });
}
