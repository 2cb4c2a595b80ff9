/**
 * words.js: the words of dues, code → word or [word, tone].
 *
 *   CATEGORIES, ROLES, METHODS, REASONS, PURPOSES, INCOMES, TIERS, AUDIENCES
 *   PAYMENT, BASE, WAIVER, EXPENSE, REMITTANCE, CLOSING, DISCLOSURE, RATES   states
 *   KINDS          what a line of the ledger is
 *   standing(cell) how a month stands: { word, tone, key }
 */
export const CATEGORIES = {
    wage_monthly: "按月领取工资", wage_annual: "年薪制", self_employed_quarter: "不按月取得收入的个体经营者", retired: "离退休", farmer: "农民",
    farmer_business: "外出务工经商的农民", village_subsidy: "领取定额补贴的村干部", student: "学生", unemployed: "下岗失业", relief: "依靠抚恤或救济生活",
    dibao: "领取最低生活保障金", unstable_income: "收入不稳定", none: "其他没有收入",
};

/** What somebody of a category enters to reckon dues; who isn't here owes a fixed amount or one that the branch sets. */
export const BASED = {
    wage_monthly: "月工资收入（税后，相对固定、经常性）", wage_annual: "当月实际领取的薪酬", self_employed_quarter: "上季度月平均纯收入",
    retired: "月基本离退休费或基本养老金", farmer_business: "本人申报的月均收入", village_subsidy: "月补贴", unstable_income: "上月收入",
};

export const ROLES = { counted: ["计入", "ok"], excluded: ["不计入", "off"], deducted: ["扣除", "warn"] };
export const METHODS = { cash: "现金", transfer: "转账", behalf: "代交" };
export const REASONS = { illness: "重病", disaster: "受灾", unemployment: "失业", other: "其他困难" };
export const PURPOSES = {
    training: "培训党员", materials: "订购党员教育报刊、资料和设备", commendation: "表彰先进", hardship: "补助生活困难党员", disaster: "补助受灾党员、修缮受灾设施",
};
export const INCOMES = { opening: "启用时的结存", interest: "利息", grant: "上级下拨" };
export const TIERS = { keep: "留在本级", central: "全部逐级上缴中央" };
export const AUDIENCES = { members: "本组织党员，到人", public: "公开，只有汇总" };

export const PAYMENT = { recorded: ["待复核", "wait"], checked: ["已复核", "ok"], reversed: ["已冲正", "off"] };
export const BASE = { draft: ["核算中", "warn"], handed: ["待本人确认", "wait"], confirmed: ["本人已确认", "wait"], reviewed: ["已复核", "ok"] };
export const WAIVER = { draft: ["草拟", "warn"], pending: ["审批中", "wait"], approved: ["已批准", "ok"], rejected: ["未批准", "off"], ended: ["提前结束", "off"] };
export const EXPENSE = {
    draft: ["草拟", "warn"], pending: ["审批中", "wait"], approved: ["已批准", "wait"], rejected: ["不同意", "due"], withdrawn: ["已撤回", "off"], expired: ["已失效", "off"],
    paid: ["已付款", "ok"], reversed: ["已冲正", "off"],
};
export const REMITTANCE = { due: ["待上缴", "wait"], remitted: ["已上缴", "ok"] };
export const CLOSING = { open: ["未结", "warn"], handed: ["支部已报送", "wait"], closed: ["已结账", "ok"] };
export const DISCLOSURE = { draft: ["草拟", "warn"], published: ["已公布", "ok"], withdrawn: ["已撤回", "off"] };
export const RATES = { draft: ["草拟", "warn"], active: ["启用", "ok"], void: ["作废", "off"] };

export const KINDS = { charge: "应交", payment: "实交", waiver: "减免", reversal: "冲正", correction: "更正" };

/**
 * How a month stands. What isn't over yet isn't late.
 * @param {{charged: number, paid: number, waived: number, remaining: number, month: string}} cell
 */
export function standing(cell, now) {
    if (!cell) return { key: "none", word: "", tone: "off" };
    const { charged, paid, waived, remaining, month } = cell;
    if (remaining < 0) return { key: "ahead", word: "预交", tone: "ok" };
    if (remaining === 0) return charged - waived <= 0 && !paid ? { key: "waived", word: "免交", tone: "off" } : { key: "paid", word: "交清", tone: "ok" };
    if (month >= now.slice(0, 7)) return { key: "due", word: paid ? "未交清" : "待交", tone: "warn" };
    return { key: "owed", word: "欠交", tone: "due" };
}
