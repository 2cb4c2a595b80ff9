/**
 * words.js: the words of the trail.
 *
 *   ACTIONS      action → what was done        TITLES   collections that no ledger names
 *   FIELDS       fields that no ledger names, since nobody reads them
 *   QUIET        fields that follow from others and are passed over
 *   placeOf(entry)   where the record is looked at, or undefined
 */
export const ACTIONS = {
    create: "新增", update: "修改", delete: "删除", decision: "审批决定", reveal: "查看敏感信息", export: "导出", signin: "登录",
    signin_failed: "登录没有成功", impersonate: "代为登录", sql: "执行 SQL", backup: "备份", archive: "存档",
};

export const ACTORS = { system: "系统", superuser: "系统管理员", guest: "没有登录的人", token: "程序" };

/** What jobs and commands call themselves. */
export const JOBS = { plan_advance: "每日推进", "plan import": "导入要点的命令", "people import": "导入名册的命令", "audit archive": "存档的命令" };

export const METHODS = { password: "用密码", otp: "用验证码", oauth2: "用统一登录", mfa: "用动态口令" };

export const TITLES = {
    approvals_requests: "审批申请", approvals_decisions: "审批决定", approvals_delegations: "审批委托", approvals_flows: "审批流程",
    exchange_imports: "导入", exchange_exports: "导出", ledgers_views: "台账设置", ledgers_links: "佐证关联", ledgers_corrections: "更正",
    notify_channels: "通知通道", notify_choices: "通知设置", notify_feeds: "日历订阅", org_roles: "角色", people_status: "人员变动",
    people_reveals: "敏感信息查看", people_sessions: "登录记录", people_factors: "动态口令", people_tokens: "程序令牌", people_settings: "登录设置",
    plan_imports: "要点导入", plan_sections: "要点部分", plan_targets: "要点指标", plan_tasks: "任务", plan_years: "年度要点",
    calendar_days: "放假调休", calendar_nodes: "节日节点", _collections: "数据表", _settings: "系统设置", _superusers: "系统管理员账号",
};

export const FIELDS = {
    mobile: "手机号", tel: "固定电话", address: "家庭住址", birth_date: "出生日期", id_no_sealed: "身份证号", password: "密码", email: "邮箱",
    url: "地址", secret: "密钥", secret_sealed: "密钥", file: "文件", emailVisibility: "邮箱是否公开", verified: "邮箱是否验证", must_change: "首次登录须改密码",
};

export const QUIET = new Set(["id_no_hash", "tokenKey", "pinyin", "initials", "failed", "locked_until", "progress", "header", "message", "lease", "span_from", "span_to"]);

const PLACES = {
    people: (id) => "#/people/" + id, documents: (id) => "#/documents/" + id, plan_duties: (id) => "#/duties/" + id,
    plan_items: (id) => "#/plan/items/" + id, plan_imports: (id) => "#/plan/imports/" + id, org_units: (id) => "#/org?unit=" + id,
};

export const placeOf = ({ collection, record, action }) => (["delete", "signin", "signin_failed"].includes(action) || !record ? undefined : PLACES[collection]?.(record));
